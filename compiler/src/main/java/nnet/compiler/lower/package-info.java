/// From clusters of tensor equations to kernels over storages.
package nnet.compiler.lower;
