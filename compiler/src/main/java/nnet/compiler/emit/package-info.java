/// From loop programs to kernel classes: every kernel a static method, scalar or in machine vectors, with the same bits either way.
package nnet.compiler.emit;
