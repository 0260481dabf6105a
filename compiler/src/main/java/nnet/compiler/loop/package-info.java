/// Kernels: explicit loop nests over buffers. Loops have scalar meaning; marks on them say what may run in vectors or in parallel.
package nnet.compiler.loop;
