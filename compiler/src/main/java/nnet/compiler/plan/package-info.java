/// Where the intermediate tensors of a program lie in memory.
package nnet.compiler.plan;
