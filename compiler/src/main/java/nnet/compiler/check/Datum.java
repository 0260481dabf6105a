package nnet.compiler.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import nnet.compiler.model.Variable;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Declaration.Definition;
import nnet.compiler.syntax.Expression;

/// What an expression evaluates to while a network is being put together: known values, functions, and tensors that will be known at run time.
sealed interface Datum {

    record Whole(long value) implements Datum {
    }

    record Real(double value) implements Datum {
    }

    record Truth(boolean value) implements Datum {
    }

    record Text(String value) implements Datum {
    }

    /// `[a, b]`; of whole numbers: a shape.
    record Listing(List<Datum> elements) implements Datum {
        public Listing {
            elements = List.copyOf(elements);
        }
    }

    /// `(a, b)` or `(validation: 0.1, test: 0.1)`; names are all there or all absent.
    record Group(List<String> names, List<Datum> elements) implements Datum {
        public Group {
            names = List.copyOf(names);
            elements = List.copyOf(elements);
        }
    }

    /// `from..to`, without `to`.
    record Interval(long from, long to) implements Datum {
    }

    /// A value of the running network.
    record Tensor(Variable variable) implements Datum {
    }

    /// What a block without a value has.
    record Nothing() implements Datum {
    }

    /// The result of a mistake that has been reported: whatever is made of it is Unknown too, silently.
    record Unknown() implements Datum {
    }

    /// What can be applied to inputs.
    sealed interface Callable extends Datum {
    }

    /// A definition; `bound` holds its compile-time arguments once given, `path` the name of a shared instance (`let encoder = Dense(64)`).
    record Defined(Definition definition, FileScope home, Optional<Bound> bound, Optional<String> path) implements Callable {
        String name() {
            return definition.name().text();
        }

        /// Whether inputs are all that it needs.
        boolean isComplete() {
            return bound.isPresent() || definition.parameters().stream().allMatch(parameter -> parameter.standard().isPresent());
        }
    }

    /// Compile-time arguments: values by name, and as a person wrote them.
    record Bound(Map<String, Datum> values, String text, Span span) {
    }

    record Primitive(Builtin builtin) implements Callable {
    }

    /// `x => expression` with the names that it sees.
    record Closure(List<String> parameters, Expression body, Scope scope) implements Callable {
    }

    /// `repeat(n) { ... }`: applies its body n times.
    record Repeated(Expression.Repeat repeat, Scope scope) implements Callable {
    }

    /// A number where a schedule or an initialiser is expected: the same for every step or element.
    record Always(Datum value) implements Callable {
    }

    /// A few words for messages: `the number 3`, `f32[2]`, `the layer Dense`.
    static String describe(Datum datum) {
        return switch (datum) {
            case Whole(long value) -> "the number " + value;
            case Real(double value) -> "the number " + number(value);
            case Truth(boolean value) -> String.valueOf(value);
            case Text(String value) -> "the text \"" + value + "\"";
            case Listing(List<Datum> elements) -> elements.stream().map(Datum::brief).collect(Collectors.joining(", ", "the list [", "]"));
            case Group(List<String> _, List<Datum> elements) ->
                elements.stream().map(Datum::brief).collect(Collectors.joining(", ", "(", ")"));
            case Interval(long from, long to) -> "the range " + from + ".." + to;
            case Tensor(Variable variable) -> variable.describe();
            case Nothing _ -> "nothing";
            case Unknown _ -> "unknown";
            case Defined defined -> "the " + defined.definition().kind().keyword() + " `" + defined.name() + "`";
            case Primitive(Builtin builtin) -> "the function `" + builtin.name() + "`";
            case Closure _ -> "a function";
            case Repeated _ -> "a repetition";
            case Always(Datum value) -> describe(value);
        };
    }

    /// The same without saying what it is: `3`.
    static String brief(Datum datum) {
        return switch (datum) {
            case Whole(long value) -> Long.toString(value);
            case Real(double value) -> number(value);
            default -> describe(datum);
        };
    }

    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Double.toString(value);
    }
}
