package nnet.compiler.check;

import nnet.compiler.model.Variable;
import nnet.compiler.source.Diagnostic;
import nnet.compiler.source.Span;

/// Tensors that do not fit; each says both shapes and where they came from.
sealed interface ShapeProblem extends Problem {

    /// An element-wise operation (`what`: `+`, `max`) over shapes that do not broadcast.
    record Broadcast(Span span, String what, Variable left, Variable right) implements ShapeProblem {
        @Override
        public Diagnostic diagnostic() {
            Diagnostic said = Diagnostic.error("`" + what + "` needs shapes that fit", span, left.type() + " and " + right.type());
            return Problem.hint(from(from(said, left), right), "sizes are compared from the right; they must be equal, or 1, or absent");
        }
    }

    record Matrix(Span span, Variable left, Variable right, String leftSize, String rightSize) implements ShapeProblem {
        @Override
        public Diagnostic diagnostic() {
            Diagnostic said = Diagnostic.error("matrix product needs equal inner sizes", span,
                    left.type() + " @ " + right.type() + ": " + leftSize + " and "
                            + rightSize);
            return from(from(said, left), right);
        }
    }

    /// An input of `callee` does not have the shape that it declares. `formal` is the declaration, `note` says which names are bound to what.
    record Input(Span span, String callee, String expected, String note, Variable actual, Span formal) implements ShapeProblem {
        @Override
        public Diagnostic diagnostic() {
            Diagnostic said = Diagnostic.error("`" + callee + "` needs an input of shape " + expected, span,
                    "but gets " + actual.describe());
            said = said.label(formal, note.isEmpty() ? "declared here" : "declared here, where " + note);
            return from(said, actual);
        }
    }

    /// The value of `callee` does not have the shape that its declaration promises.
    record Output(Span span, String callee, String expected, String note, String actual, Span formal) implements ShapeProblem {
        @Override
        public Diagnostic diagnostic() {
            Diagnostic said = Diagnostic.error("`" + callee + "` promises " + expected, span, "but this is " + actual);
            return said.label(formal, note.isEmpty() ? "declared here" : "declared here, where " + note);
        }
    }

    /// A value of another shape than the place needs.
    record Needed(Span span, String what, String expected, Variable actual) implements ShapeProblem {
        @Override
        public Diagnostic diagnostic() {
            return from(Diagnostic.error(what + " must be " + expected, span, "but this is " + actual.describe()), actual);
        }
    }

    /// An axis, index or size outside of what a tensor has.
    record Outside(Span span, String what, String range, Variable actual) implements ShapeProblem {
        @Override
        public Diagnostic diagnostic() {
            return from(Diagnostic.error(what + " is outside of " + actual.describe(), span, range), actual);
        }
    }

    /// What cannot be done with a tensor: `what` in words, `why` at the place.
    record Cannot(Span span, String what, String why, Variable actual) implements ShapeProblem {
        @Override
        public Diagnostic diagnostic() {
            return from(Diagnostic.error("cannot " + what, span, why), actual);
        }
    }

    /// Shapes that an operation cannot put together; `rule` says what it needs.
    record Mismatch(Span span, String what, String rule, Variable left, Variable right) implements ShapeProblem {
        @Override
        public Diagnostic diagnostic() {
            return from(from(Diagnostic.error("`" + what + "` " + rule, span, left.describe() + " and " + right.describe()), left), right);
        }
    }

    /// The second application of a shared layer, or the other of prediction and training, needs a parameter of another shape.
    record Parameter(Span span, String path, String first, String second, Span formal) implements ShapeProblem {
        @Override
        public Diagnostic diagnostic() {
            Diagnostic said = Diagnostic.error("the parameter `" + path + "` cannot have two shapes", span, second);
            return said.label(formal, first + " from here");
        }
    }

    private static Diagnostic from(Diagnostic said, Variable variable) {
        boolean shown = said.labels().stream().anyMatch(label -> label.span().equals(variable.span()));
        return shown || variable.span().equals(Span.NONE) ? said : said.label(variable.span(), "this is " + variable.describe());
    }
}
