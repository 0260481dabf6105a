package nnet.compiler.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import nnet.compiler.syntax.Declaration.Parameter;
import nnet.compiler.syntax.Expression;

/// Compile-time arguments as a person would write them at that place, with their values: `64, kernel: 3, stride: 2`, also where a library layer says
/// `channels, kernel: kernel, stride: stride`. What is given by name and is what it would be anyway is left out.
final class Arguments {

    private Arguments() {
    }

    static String written(List<Parameter> formals, List<Calls.Actual> actuals, Map<String, Datum> values) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < actuals.size(); i++) {
            Calls.Actual actual = actuals.get(i);
            String name = actual.name().map(Object::toString).orElse(Matching.name(formals.get(i)));
            Datum value = values.get(name);
            Optional<Expression> standard = formals.stream().filter(formal -> Matching.name(formal).equals(name)).findFirst()
                    .flatMap(Parameter::standard);
            if (actual.name().isEmpty() || !standard.flatMap(expression -> known(expression, values)).equals(known(value))) {
                parts.add((actual.name().isPresent() ? name + ": " : "") + known(value).orElseGet(() -> asWritten(actual)));
            }
        }
        return String.join(", ", parts);
    }

    private static String asWritten(Calls.Actual actual) {
        return actual.span().text().replaceAll("\\s+", " ");
    }

    /// A default value as text, where it is a literal or a name.
    private static Optional<String> known(Expression standard, Map<String, Datum> values) {
        return switch (standard) {
            case Expression.Reference reference when values.containsKey(reference.name().text()) ->
                known(values.get(reference.name().text()));
            case Expression.Reference reference -> Optional.of(reference.name().text());
            case Expression.IntegerLiteral literal -> Optional.of(Long.toString(literal.value()));
            case Expression.RealLiteral literal -> Optional.of(Datum.number(literal.value()));
            case Expression.BooleanLiteral literal -> Optional.of(String.valueOf(literal.value()));
            case Expression.StringLiteral literal -> Optional.of("\"" + literal.value() + "\"");
            default -> Optional.empty();
        };
    }

    /// A value as text, where that is short.
    private static Optional<String> known(Datum value) {
        return switch (value) {
            case Datum.Whole _,Datum.Real _,Datum.Truth _ -> Optional.of(Datum.brief(value));
            case Datum.Text(String text) -> Optional.of("\"" + text + "\"");
            case Datum.Always(Datum always) -> known(always);
            case Datum.Primitive(Builtin builtin) -> Optional.of(builtin.name());
            case Datum.Defined defined -> Optional.of(defined.name() + defined.bound().map(bound -> "(" + bound.text() + ")").orElse(""));
            case Datum.Listing(List<Datum> elements) when elements.stream().allMatch(element -> known(element).isPresent()) ->
                Optional.of(elements.stream().map(element -> known(element).orElseThrow()).collect(Collectors.joining(", ", "[", "]")));
            case Datum.Listing _,Datum.Group _,Datum.Interval _,Datum.Tensor _,Datum.Nothing _,Datum.Unknown _,Datum.Closure _,Datum.Repeated _ ->
                Optional.empty();
        };
    }
}
