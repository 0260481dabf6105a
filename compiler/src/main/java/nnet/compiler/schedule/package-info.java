/// How kernels are laid out for a kind of machine: tiles, vectors, packing.
package nnet.compiler.schedule;
