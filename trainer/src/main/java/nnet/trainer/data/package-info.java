/// From files to numbers: reading tables, binding their columns to the inputs and outputs of a network, splitting and shuffling.
package nnet.trainer.data;
