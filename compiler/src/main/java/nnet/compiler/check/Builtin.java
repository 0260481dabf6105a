package nnet.compiler.check;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Declaration.Name;
import nnet.compiler.syntax.Declaration.Parameter;

/// A function that the language has from the start, because it cannot be written in it: a name, parameters (an optional one ends with `?`), and what it does.
record Builtin(String name, List<Parameter> parameters, Set<String> optional, boolean gathers, Rule rule) {

    /// What a primitive does with its arguments; a mistake is reported and gives `Unknown`.
    interface Rule {
        Datum apply(Site site);
    }

    private static final Map<String, Builtin> ALL = new LinkedHashMap<>();

    static {
        Stream.of(ElementBuiltins.all(), ReductionBuiltins.all(), ShapeBuiltins.all(), WindowBuiltins.all(), OtherBuiltins.all())
                .flatMap(List::stream)
                .forEach(builtin -> ALL.put(builtin.name(), builtin));
    }

    static Builtin of(String name, String parameters, Rule rule) {
        List<String> written = Arrays.stream(parameters.split(" ")).filter(one -> !one.isEmpty()).toList();
        List<Parameter> formals = written.stream().map(one -> one.replaceAll("[?*]$", ""))
                .map(one -> new Parameter(Span.NONE, Optional.of(new Name(Span.NONE, one)), Optional.empty(), Optional.empty())).toList();
        Set<String> optional = new LinkedHashSet<>();
        written.stream().filter(one -> one.endsWith("?")).forEach(one -> optional.add(one.replace("?", "")));
        return new Builtin(name, formals, optional, parameters.contains("*"), rule);
    }

    static Optional<Builtin> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    static Collection<String> names() {
        return ALL.keySet();
    }

    Datum apply(Evaluator evaluator, List<Calls.Actual> actuals, Span span) {
        Optional<Map<Parameter, Calls.Actual>> given = new Matching(evaluator.report(), name, span).match(parameters,
                gathers ? gathered(actuals, span) : actuals);
        if (given.isEmpty()) {
            return new Datum.Unknown();
        }
        Map<String, Site.Argument> arguments = new LinkedHashMap<>();
        for (Parameter formal : parameters) {
            Calls.Actual actual = given.get().get(formal);
            if (actual == null && !optional.contains(Matching.name(formal))) {
                return evaluator.report().add(new KindProblem.Missing(span, name, Matching.name(formal), Span.NONE));
            }
            if (actual != null) {
                Datum value = actual.value().apply(Want.ANY);
                if (value instanceof Datum.Unknown) {
                    return value;
                }
                arguments.put(Matching.name(formal), new Site.Argument(value, actual.span()));
            }
        }
        return rule.apply(new Site(evaluator, name, span, arguments));
    }

    /// Several arguments without a name as one list.
    private static List<Calls.Actual> gathered(List<Calls.Actual> actuals, Span span) {
        List<Datum> values = actuals.stream().filter(actual -> actual.name().isEmpty()).map(actual -> actual.value().apply(Want.ANY))
                .toList();
        boolean isList = values.size() == 1 && (values.getFirst() instanceof Datum.Listing || values.getFirst() instanceof Datum.Group);
        if (isList || values.isEmpty()) {
            return actuals;
        }
        Stream<Calls.Actual> named = actuals.stream().filter(actual -> actual.name().isPresent());
        return Stream.concat(Stream.of(Calls.Actual.of(new Datum.Listing(values), span)), named).toList();
    }
}
