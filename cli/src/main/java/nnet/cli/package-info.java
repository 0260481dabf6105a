/// The `nnc` command: a thin face over compiler and trainer. Each command is one class.
package nnet.cli;
