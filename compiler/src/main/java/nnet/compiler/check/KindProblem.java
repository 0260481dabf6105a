package nnet.compiler.check;

import nnet.compiler.source.Diagnostic;
import nnet.compiler.source.Span;

/// A value of the wrong kind: a text where a number belongs, a tensor where a size belongs, an argument too many.
sealed interface KindProblem extends Problem {

    /// `what` is the place that needs it: "the rate", "an axis".
    record Expected(Span span, String what, String expected, String found, String hint) implements KindProblem {
        @Override
        public Diagnostic diagnostic() {
            return Problem.hint(Diagnostic.error(what + " must be " + expected, span, "but this is " + found), hint);
        }
    }

    record NotCallable(Span span, String found) implements KindProblem {
        @Override
        public Diagnostic diagnostic() {
            return Diagnostic.error("only functions and layers can be called", span, "this is " + found);
        }
    }

    record Missing(Span span, String callee, String argument, Span formal) implements KindProblem {
        @Override
        public Diagnostic diagnostic() {
            Diagnostic said = Diagnostic.error("`" + callee + "` needs a value for `" + argument + "`", span, "it is not given here");
            return formal.equals(Span.NONE) ? said : said.label(formal, "declared here, without a default");
        }
    }

    record TooMany(Span span, String callee, int most, String takes) implements KindProblem {
        @Override
        public Diagnostic diagnostic() {
            return Diagnostic.error(
                    "`" + callee + "` takes " + (most == 0 ? "no arguments" : most == 1 ? "one argument" : most + " arguments") + takes,
                    span,
                    "one too many");
        }
    }

    /// An operator over values that it does not know.
    record Operands(Span span, String operator, String left, String right) implements KindProblem {
        @Override
        public Diagnostic diagnostic() {
            return Diagnostic.error("`" + operator + "` does not know what to do with these", span,
                    right.isEmpty() ? left : left + " and " + right);
        }
    }

    /// A block, branch or definition that ought to have a value.
    record NoValue(Span span, String what) implements KindProblem {
        @Override
        public Diagnostic diagnostic() {
            return Problem.hint(Diagnostic.error(what + " has no value", span, ""), "the last statement of a block is its value");
        }
    }

    /// `let (a, b) = ...` with another number of values.
    record Names(Span span, int names, String found) implements KindProblem {
        @Override
        public Diagnostic diagnostic() {
            return Diagnostic.error(names + " names need " + names + " values", span, "but this is " + found);
        }
    }

    /// A run-time value where only a compile-time one can be.
    record RunTime(Span span, String what) implements KindProblem {
        @Override
        public Diagnostic diagnostic() {
            return Diagnostic.error(what + " must be known when the network is compiled", span, "this depends on the data");
        }
    }
}
