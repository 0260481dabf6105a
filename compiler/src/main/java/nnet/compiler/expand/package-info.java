/// Functions beyond IEEE arithmetic, written out as IEEE arithmetic: one file for each family, with its formula and its measured error.
package nnet.compiler.expand;
