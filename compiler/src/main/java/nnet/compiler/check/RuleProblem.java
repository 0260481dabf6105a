package nnet.compiler.check;

import nnet.compiler.source.Diagnostic;
import nnet.compiler.source.Span;

/// Something sensible in a place where it cannot be.
sealed interface RuleProblem extends Problem {

    /// A `require` that does not hold: the author's own words.
    record Required(Span span, String message) implements RuleProblem {
        @Override
        public Diagnostic diagnostic() {
            return Diagnostic.error(message, span, "required here");
        }
    }

    record Misplaced(Span span, String what, String where, String hint) implements RuleProblem {
        @Override
        public Diagnostic diagnostic() {
            return Problem.hint(Diagnostic.error(what + " cannot be used " + where, span, ""), hint);
        }
    }

    record NotYet(Span span, String what, String hint) implements RuleProblem {
        NotYet(Span span, String what) {
            this(span, what, "");
        }

        @Override
        public Diagnostic diagnostic() {
            return Problem.hint(Diagnostic.error(what + " is not supported yet", span, ""), hint);
        }
    }

    record MissingSetting(Span span, String name, String example) implements RuleProblem {
        @Override
        public Diagnostic diagnostic() {
            return Problem.hint(Diagnostic.error("the recipe has no `" + name + "`", span, ""), "for example: " + example);
        }
    }

    record Range(Span span, String what, String range, String found) implements RuleProblem {
        @Override
        public Diagnostic diagnostic() {
            return Diagnostic.error(what + " must be " + range, span, "this is " + found);
        }
    }
}
