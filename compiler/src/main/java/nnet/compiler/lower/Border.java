package nnet.compiler.lower;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Binary;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.loop.Variable;
import nnet.compiler.type.Dim;

/// What is known, when code is written, about the place where a tap of a window looks. A test would keep a loop from vectors; so where the answer depends on the index
/// of a loop, the loop is told where it changes, and may run in parts.
sealed interface Border {

    /// There always is this element.
    record Inside(Index element) implements Border {
    }

    /// There never is one.
    record Outside() implements Border {
    }

    /// There is this element where the condition holds, and the index of an element where it does not.
    record Alternating(Expr condition, Index element) implements Border {
    }

    /// Only a test can tell.
    record Unknown() implements Border {
    }

    /// @param place   where the tap looks, before the division
    /// @param divisor of that, only multiples find an element
    /// @param size    elements of the axis
    static Border of(Nest nest, Index place, int divisor, Dim size) {
        return size.isFixed() ? of(nest, place, divisor, size.size()) : new Unknown();
    }

    private static Border of(Nest nest, Index place, int divisor, int size) {
        Optional<Line> found = Line.of(nest, place);
        if (found.isEmpty()) {
            return new Unknown();
        }
        Line line = found.get();
        if (divisor == 1) {
            return line.among(nest, size).orElse(new Inside(place));
        }
        if (line.factor != 1 || line.variable.isEmpty()) {
            return new Unknown();
        }
        Variable variable = line.variable.get();
        int rest = Math.floorMod(-line.number, divisor);
        int shift = (line.number + rest) / divisor;
        Line divided = new Line(line.variable, 1, shift, new Nest.Range(line.range.from() / divisor, (line.range.to() - 1) / divisor + 1));
        Optional<Border> border = divided.among(divisor, nest, size);
        if (border.isPresent()) {
            return border.get();
        }
        Expr read = Expr.read(variable);
        Index quotient = Movement.variable(nest, "half", new Binary(BinaryOp.DIVIDE, read, Expr.i32(divisor)));
        return new Alternating(new Binary(BinaryOp.EQUAL, new Binary(BinaryOp.REMAINDER, read, Expr.i32(divisor)), Expr.i32(rest)),
                quotient.plus(shift));
    }

    /// An index that is a multiple of one variable of known range, plus a number.
    record Line(Optional<Variable> variable, int factor, int number, Nest.Range range) {

        static Optional<Line> of(Nest nest, Index index) {
            int number = 0;
            Optional<Index.Term> only = Optional.empty();
            for (Index.Term term : index.terms()) {
                if (!term.symbols().isEmpty() || term.variable().isPresent() && only.isPresent()) {
                    return Optional.empty();
                }
                if (term.variable().isEmpty()) {
                    number = term.factor();
                } else {
                    only = Optional.of(term);
                }
            }
            if (only.isEmpty()) {
                return Optional.of(new Line(Optional.empty(), 0, number, new Nest.Range(0, 1)));
            }
            int known = number;
            Index.Term term = only.get();
            return term.factor() < 0
                    ? Optional.empty()
                    : nest.range(term.variable().get()).map(range -> new Line(term.variable(), term.factor(), known, range));
        }

        /// What is known beside that it is inside of `size` elements: nothing more, where it always is.
        Optional<Border> among(Nest nest, int size) {
            return among(1, nest, size);
        }

        /// @param scale how many values of the variable belong to one step
        Optional<Border> among(int scale, Nest nest, int size) {
            int low = factor * range.from() + number;
            int high = factor * (range.to() - 1) + number;
            if (low >= 0 && high < size) {
                return Optional.empty();
            }
            if (high < 0 || low >= size) {
                return Optional.of(new Outside());
            }
            int first = scale * Math.ceilDiv(-number, factor);
            int end = scale * (Math.floorDiv(size - 1 - number, factor) + 1);
            List.of(first, end).forEach(at -> nest.border(variable.orElseThrow(), at));
            return Optional.of(new Unknown());
        }
    }
}
