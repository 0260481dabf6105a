/// Random programs, valid by construction, in every form: they must agree with the interpreters.
package nnet.compiler.fuzz;
