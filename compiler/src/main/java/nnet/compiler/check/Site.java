package nnet.compiler.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import nnet.compiler.model.Variable;
import nnet.compiler.source.Span;
import nnet.compiler.tensor.Op;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;

/// One use of a primitive: its arguments, and what its rule needs to check them and to add steps.
record Site(Evaluator evaluator, String name, Span span, Map<String, Argument> arguments) {

    record Argument(Datum value, Span span) {
    }

    boolean has(String argument) {
        return arguments.containsKey(argument);
    }

    Datum value(String argument) {
        return arguments.get(argument).value();
    }

    Span span(String argument) {
        return arguments.get(argument).span();
    }

    /// An argument as a tensor; numbers become constants. Empty after a report.
    Optional<Variable> tensor(String argument) {
        return evaluator.tensor(value(argument), "`" + argument + "` of `" + name + "`", span(argument));
    }

    /// The same with real elements.
    Optional<Variable> real(String argument) {
        return tensor(argument)
                .map(variable -> variable.type().element().isFloating()
                        ? variable
                        : evaluator.emission().convert(span, variable, ElementType.F32));
    }

    /// A whole number that is known.
    Optional<Long> whole(String argument) {
        if (value(argument) instanceof Datum.Whole(long number)) {
            return Optional.of(number);
        }
        expected(argument, "a whole number");
        return Optional.empty();
    }

    boolean truth(String argument) {
        if (!has(argument)) {
            return false;
        }
        if (value(argument) instanceof Datum.Truth(boolean holds)) {
            return holds;
        }
        expected(argument, "true or false");
        return false;
    }

    Optional<Shape> shape(String argument) {
        return evaluator.sizes().shape(value(argument), span(argument));
    }

    /// One axis of a tensor; negative ones count from the last.
    OptionalInt axis(String argument, Variable of) {
        Optional<Long> written = whole(argument);
        return written.isEmpty() ? OptionalInt.empty() : axis(written.get(), argument, of);
    }

    private OptionalInt axis(long written, String argument, Variable of) {
        int rank = of.type().rank();
        long axis = written < 0 ? written + rank : written;
        if (axis < 0 || axis >= rank) {
            report(new ShapeProblem.Outside(span(argument), "axis " + written,
                    rank == 0 ? "a scalar has no axes" : "axes are 0 to " + (rank - 1) + ", or -1 to -" + rank, of));
            return OptionalInt.empty();
        }
        return OptionalInt.of((int) axis);
    }

    /// The axes to work over: one, a list, or all of them where none is given. Empty after a report.
    Optional<List<Integer>> axes(String argument, Variable of) {
        if (!has(argument)) {
            return Optional.of(IntStream.range(0, of.type().rank()).boxed().toList());
        }
        if (!(value(argument) instanceof Datum.Listing(List<Datum> elements))) {
            OptionalInt axis = axis(argument, of);
            return axis.isPresent() ? Optional.of(List.of(axis.getAsInt())) : Optional.empty();
        }
        List<Integer> axes = elements.stream().filter(Datum.Whole.class::isInstance)
                .map(one -> axis(((Datum.Whole) one).value(), argument, of))
                .filter(OptionalInt::isPresent).map(OptionalInt::getAsInt).distinct().sorted().toList();
        if (axes.size() < elements.size()) {
            expected(argument, "a list of different axes");
            return Optional.empty();
        }
        return Optional.of(axes);
    }

    Variable emit(Op op, Variable... operands) {
        return evaluator.emission().emit(span, op, operands);
    }

    Datum report(Problem problem) {
        return evaluator.report().add(problem);
    }

    Datum expected(String argument, String expected) {
        Datum value = value(argument);
        return report(value instanceof Datum.Tensor && !expected.contains("tensor")
                ? new KindProblem.RunTime(span(argument), "`" + argument + "` of `" + name + "`")
                : new KindProblem.Expected(span(argument), "`" + argument + "` of `" + name + "`", expected, Datum.describe(value), ""));
    }
}
