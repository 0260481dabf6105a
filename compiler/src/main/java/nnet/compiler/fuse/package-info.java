/// Which equations share a kernel: partitions a tensor graph into clusters, without knowing any machine.
package nnet.compiler.fuse;
