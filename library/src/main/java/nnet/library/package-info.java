/// The compiler as a library: from source text to a network that runs.
package nnet.library;
