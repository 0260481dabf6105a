/// What generated classes call: memory, threads, the choice of kernels, weights files, and the base of every network class. Java 17, no dependency.
package nnet.runtime;
