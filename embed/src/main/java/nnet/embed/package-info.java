/// The compiler inside other programs: from source text to a network that runs.
package nnet.embed;
