/// Layers beside libtorch: the same inputs and parameters give the same outputs, losses and gradients.
package nnet.tests.reference;
