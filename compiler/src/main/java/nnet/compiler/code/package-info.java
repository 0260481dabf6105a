/// A readable tree over the JVM: classes, methods, statements and expressions that print as Java and write themselves as bytecode. Types are
/// explicit and checked when a node is made; labels and slots never leave the nodes. The only package that knows ASM.
package nnet.compiler.code;
