/// From the program for a whole sequence to the program for its next element.
package nnet.compiler.advance;
