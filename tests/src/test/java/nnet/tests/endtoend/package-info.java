/// What a user sees, from the command line to the weights on disk.
package nnet.tests.endtoend;
