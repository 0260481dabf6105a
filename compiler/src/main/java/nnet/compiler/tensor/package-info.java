/// Graphs of equations over primitive tensor operations; one file for each operation, with all its rules.
package nnet.compiler.tensor;
