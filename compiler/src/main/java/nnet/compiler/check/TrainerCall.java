package nnet.compiler.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.model.Recipe;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Declaration.Name;
import nnet.compiler.syntax.Expression;

/// A call that means nothing to the compiler but something to the trainer: its name and arguments. The first argument must be there and may be given by position.
record TrainerCall(String name, List<Formal> formals) {

    static final TrainerCall CSV = new TrainerCall("csv", List.of(new Formal("path", Kind.TEXT), new Formal("header", Kind.TRUTH),
            new Formal("delimiter", Kind.CHARACTER), new Formal("inputs", Kind.COLUMNS), new Formal("targets", Kind.COLUMNS),
            new Formal("normalize", Kind.NORMALIZATION)));

    static final TrainerCall EARLY_STOPPING = new TrainerCall("early_stopping", List.of(new Formal("patience", Kind.COUNT),
            new Formal("minimum_delta", Kind.SIZE)));

    record Formal(String name, Kind kind) {
    }

    /// What an argument may be.
    enum Kind {
        TEXT("a text"), CHARACTER("a text of one character"), TRUTH("true or false"), COUNT("a whole number of at least 1"),
        SIZE("a number of at least 0"), COLUMNS("a list of columns"), NORMALIZATION("\"standardized\" or \"min_max\"");

        private final String description;

        Kind(String description) {
            this.description = description;
        }

        private boolean holds(Object value) {
            return switch (this) {
                case TEXT -> value instanceof String;
                case CHARACTER -> value instanceof String text && text.length() == 1;
                case TRUTH -> value instanceof Boolean;
                case COUNT -> value instanceof Long number && number >= 1 && number <= Integer.MAX_VALUE;
                case SIZE -> value instanceof Number number && number.doubleValue() >= 0;
                case NORMALIZATION -> value.equals("standardized") || value.equals("min_max");
                case COLUMNS ->
                    value instanceof List<?> list && list.stream().allMatch(one -> one instanceof String || one instanceof Long);
            };
        }
    }

    /// The call that a setting holds; empty where it is another or does not fit, which has then been reported.
    Optional<Recipe.Call> read(Evaluator evaluator, Scope scope, String setting, Expression value) {
        if (!(value instanceof Expression.Call call && call.function() instanceof Expression.Reference function)) {
            evaluator.report().add(
                    new RuleProblem.Range(value.span(), "`" + setting + "`", "a call such as `" + name + "(...)`", Settings.text(value)));
            return Optional.empty();
        }
        if (!function.name().text().equals(name)) {
            evaluator.report()
                    .add(new NameProblem.Unknown(function.span(), "`" + setting + "`", "kind", function.name().text(), List.of(name)));
            return Optional.empty();
        }
        Map<String, Recipe.Argument> arguments = new LinkedHashMap<>();
        boolean fits = true;
        for (Expression.Call.Argument argument : call.arguments()) {
            Optional<Recipe.Argument> read = argument(evaluator, scope, argument, argument == call.arguments().getFirst());
            fits &= read.isPresent();
            if (read.isPresent() && arguments.putIfAbsent(read.get().name(), read.get()) != null) {
                evaluator.report().add(
                        new NameProblem.Twice(argument.span(), arguments.get(read.get().name()).span(), "argument", read.get().name()));
            }
        }
        String first = formals.getFirst().name();
        if (fits && !arguments.containsKey(first)) {
            evaluator.report().add(new KindProblem.Missing(call.span(), name, first, Span.NONE));
        }
        return Optional.of(new Recipe.Call(name, List.copyOf(arguments.values()), call.span()));
    }

    private Optional<Recipe.Argument> argument(Evaluator evaluator, Scope scope, Expression.Call.Argument argument, boolean isFirst) {
        List<String> known = formals.stream().map(Formal::name).toList();
        if (argument.name().isEmpty() && !isFirst) {
            evaluator.report()
                    .add(new KindProblem.TooMany(argument.span(), name, 1, " without a name; others are " + String.join(", ", known)));
            return Optional.empty();
        }
        String written = argument.name().map(Name::text).orElse(known.getFirst());
        Optional<Formal> formal = formals.stream().filter(one -> one.name().equals(written)).findFirst();
        if (formal.isEmpty()) {
            evaluator.report().add(new NameProblem.Unknown(argument.name().map(Name::span).orElse(argument.span()), "`" + name + "`",
                    "argument", written, known));
            return Optional.empty();
        }
        Span at = argument.value().span();
        Datum datum = evaluator.evaluate(argument.value(), scope);
        Optional<Object> value = plain(datum);
        if (datum instanceof Datum.Unknown || value.isPresent() && formal.get().kind().holds(value.get())) {
            return value.map(one -> new Recipe.Argument(written, one, at));
        }
        evaluator.report().add(new RuleProblem.Range(at, "`" + written + "` of `" + name + "`", formal.get().kind().description,
                Settings.text(argument.value())));
        return Optional.empty();
    }

    private static Optional<Object> plain(Datum datum) {
        return switch (datum) {
            case Datum.Whole(long number) -> Optional.of(number);
            case Datum.Real(double number) -> Optional.of(number);
            case Datum.Truth(boolean holds) -> Optional.of(holds);
            case Datum.Text(String text) -> Optional.of(text);
            case Datum.Listing(List<Datum> elements) -> {
                List<Object> all = elements.stream().flatMap(element -> plain(element).stream()).toList();
                yield all.size() == elements.size() ? Optional.of(all) : Optional.empty();
            }
            default -> Optional.empty();
        };
    }
}
