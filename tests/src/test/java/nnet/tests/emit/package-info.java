/// Generated classes as applications see them.
package nnet.tests.emit;
