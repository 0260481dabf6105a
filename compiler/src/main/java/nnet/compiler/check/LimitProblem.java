package nnet.compiler.check;

import nnet.compiler.source.Diagnostic;
import nnet.compiler.source.Span;

/// What would never end, or never fit.
sealed interface LimitProblem extends Problem {

    record Recursion(Span span, String name, int depth) implements LimitProblem {
        @Override
        public Diagnostic diagnostic() {
            return Problem.hint(
                    Diagnostic.error("`" + name + "` would use itself without end", span, "this use is " + depth + " levels deep"),
                    "guard the use with an `if` on something that gets smaller");
        }
    }

    record Work(Span span) implements LimitProblem {
        @Override
        public Diagnostic diagnostic() {
            return Problem.hint(Diagnostic.error("the network is too large to unroll", span, "given up here"),
                    "loops are unrolled when the network is compiled");
        }
    }

    record Overflow(Span span, String what) implements LimitProblem {
        @Override
        public Diagnostic diagnostic() {
            return Diagnostic.error(what + " is too large a number", span, "");
        }
    }

    record DivisionByZero(Span span) implements LimitProblem {
        @Override
        public Diagnostic diagnostic() {
            return Diagnostic.error("division by zero", span, "");
        }
    }

    record Size(Span span, String value, String hint) implements LimitProblem {
        @Override
        public Diagnostic diagnostic() {
            return Problem.hint(Diagnostic.error("a size must be a whole number of at least 1", span, "this is " + value), hint);
        }
    }

    record Huge(Span span, String type) implements LimitProblem {
        @Override
        public Diagnostic diagnostic() {
            return Diagnostic.error("a tensor of this shape does not fit in memory", span, type);
        }
    }

    record Nesting(Span span) implements LimitProblem {
        @Override
        public Diagnostic diagnostic() {
            return Diagnostic.error("this file nests too deeply", span, "");
        }
    }
}
