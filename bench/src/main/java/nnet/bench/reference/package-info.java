/// What libtorch makes of single layers: inputs, parameters, outputs, losses and gradients, written as files that tests compare with.
package nnet.bench.reference;
