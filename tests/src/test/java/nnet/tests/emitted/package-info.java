/// The class files that the compiler writes.
package nnet.tests.emitted;
