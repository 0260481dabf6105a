/// Training as a library: network files, data, the loop, checkpoints and reports.
package nnet.trainer;
