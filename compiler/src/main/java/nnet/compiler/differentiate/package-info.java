/// Reverse-mode differentiation of graphs, by the pullback rules of the operations.
package nnet.compiler.differentiate;
