/// What a prediction computes from the weights alone is computed once for each set of weights.
package nnet.compiler.settle;
