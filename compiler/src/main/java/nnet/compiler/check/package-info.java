/// Resolves names, instantiates every layer at its place, checks every shape: from syntax to model. All user errors end here.
package nnet.compiler.check;
