/// The corridor from text to class bytes: `Compiler` is the table of contents.
package nnet.compiler;
