/// The tree of a `.nnet` file as records, exactly as written, and its printer. Nothing is resolved here.
package nnet.compiler.syntax;
