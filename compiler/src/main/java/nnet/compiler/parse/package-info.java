/// From text to syntax: tokens, lines, ANTLR's parse tree, and from that the records of `syntax`. The only package that sees the generated parser.
package nnet.compiler.parse;
