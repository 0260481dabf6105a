package nnet.compiler.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import nnet.compiler.model.Recipe;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Declaration;
import nnet.compiler.syntax.Declaration.Train;
import nnet.compiler.syntax.Expression;

/// The settings of a `train` block by name, with replacements from outside, and readers for the plain ones.
final class Settings {

    /// Every setting that a recipe may have.
    static final Set<String> KNOWN = Set.of("data", "validation", "test", "split", "loss", "optimizer", "epochs", "batch", "metrics",
            "penalty", "clip", "stop", "augment",
            "seed", "threads", "shuffle", "start_from", "freeze");

    private static final List<String> SPLIT = List.of("validation", "test", "drawn");

    private final Evaluator evaluator;
    private final Scope scope;
    private final Span span;
    private final Map<String, Expression> values = new LinkedHashMap<>();

    Settings(Evaluator evaluator, Train train, Scope scope) {
        this.evaluator = evaluator;
        this.scope = scope;
        this.span = train.network().span();
        Map<String, Span> places = new LinkedHashMap<>();
        for (Declaration.Setting setting : train.settings()) {
            String name = setting.name().text();
            if (!KNOWN.contains(name)) {
                report(new NameProblem.Unknown(setting.name().span(), "the recipe", "setting", name, new TreeSet<>(KNOWN)));
            } else if (places.putIfAbsent(name, setting.name().span()) != null) {
                report(new NameProblem.Twice(setting.name().span(), places.get(name), "setting", name));
            } else {
                values.put(name, setting.value());
            }
        }
        KNOWN.stream().sorted().forEach(name -> evaluator.session().override(name).ifPresent(value -> values.put(name, value)));
    }

    Span span() {
        return span;
    }

    Optional<Expression> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /// All settings as written.
    List<Recipe.Setting> texts() {
        List<Recipe.Setting> texts = new ArrayList<>();
        values.forEach((name, value) -> texts.add(new Recipe.Setting(name, text(value), value.span())));
        return texts;
    }

    static String text(Expression expression) {
        return expression.span().text().replaceAll("\\s+", " ");
    }

    Optional<Expression> required(String name, String example) {
        Optional<Expression> value = find(name);
        if (value.isEmpty()) {
            report(new RuleProblem.MissingSetting(span, name, example));
        }
        return value;
    }

    /// A whole number in a range.
    long whole(String name, long least, long most, long standard) {
        Optional<Expression> value = find(name);
        if (value.isEmpty()) {
            return standard;
        }
        Datum datum = evaluator.evaluate(value.get(), scope);
        if (datum instanceof Datum.Whole(long number) && number >= least && number <= most) {
            return number;
        }
        if (!(datum instanceof Datum.Unknown)) {
            String range = most == Long.MAX_VALUE ? "a whole number of at least " + least : "a whole number from " + least + " to " + most;
            report(new RuleProblem.Range(value.get().span(), "`" + name + "`", range, Datum.describe(datum)));
        }
        return standard;
    }

    boolean truth(String name, boolean standard) {
        Optional<Expression> value = find(name);
        if (value.isEmpty()) {
            return standard;
        }
        Datum datum = evaluator.evaluate(value.get(), scope);
        if (!(datum instanceof Datum.Truth) && !(datum instanceof Datum.Unknown)) {
            report(new RuleProblem.Range(value.get().span(), "`" + name + "`", "true or false", Datum.describe(datum)));
        }
        return datum instanceof Datum.Truth(boolean holds) ? holds : standard;
    }

    Optional<String> text(String name) {
        Optional<Datum> datum = find(name).map(value -> evaluator.evaluate(value, scope));
        if (datum.isPresent() && !(datum.get() instanceof Datum.Text) && !(datum.get() instanceof Datum.Unknown)) {
            report(new RuleProblem.Range(values.get(name).span(), "`" + name + "`", "a text", Datum.describe(datum.get())));
        }
        return datum.flatMap(value -> value instanceof Datum.Text(String text) ? Optional.of(text) : Optional.empty());
    }

    /// `(validation: 0.1, test: 2000, drawn: false)`
    Recipe.Split split() {
        Optional<Expression> value = find("split");
        Map<String, Datum> parts = new LinkedHashMap<>();
        if (value.isPresent() && !(value.get() instanceof Expression.Tuple)) {
            report(new RuleProblem.Range(value.get().span(), "`split`", "parts with names, such as (validation: 0.1, test: 0.1)",
                    text(value.get())));
        } else if (value.isPresent()) {
            ((Expression.Tuple) value.get()).elements().forEach(part -> part(part, parts));
        }
        double validation = parts.containsKey("validation") ? Arithmetic.real(parts.get("validation")) : 0;
        double test = parts.containsKey("test") ? Arithmetic.real(parts.get("test")) : 0;
        if (validation < 1 && test < 1 && validation + test >= 1) {
            report(new RuleProblem.Range(value.orElseThrow().span(), "the shares", "less than 1 together",
                    Datum.number(validation + test)));
        }
        return new Recipe.Split(validation, test, !new Datum.Truth(false).equals(parts.get("drawn")),
                value.map(Expression::span).orElse(span));
    }

    private void part(Expression.Call.Argument part, Map<String, Datum> parts) {
        String name = part.name().map(Declaration.Name::text).orElse("");
        Datum datum = evaluator.evaluate(part.value(), scope);
        if (!SPLIT.contains(name)) {
            report(new NameProblem.Unknown(part.span(), "`split`", "part", name, SPLIT));
        } else if (name.equals("drawn") ? datum instanceof Datum.Truth : isPart(datum)) {
            parts.put(name, datum);
        } else if (!(datum instanceof Datum.Unknown)) {
            report(new RuleProblem.Range(part.value().span(), "`" + name + "`",
                    name.equals("drawn") ? "true or false" : "a share from 0 to less than 1 or a whole number of rows",
                    Datum.describe(datum)));
        }
    }

    private static boolean isPart(Datum datum) {
        return datum instanceof Datum.Whole(long rows)
                ? rows >= 0 && rows <= Integer.MAX_VALUE
                : Arithmetic.isNumber(datum) && Arithmetic.real(datum) >= 0 && Arithmetic.real(datum) < 1;
    }

    /// A call that the trainer understands, such as `csv("xor.csv")`.
    Optional<Recipe.Call> call(String setting, List<TrainerCall> choices) {
        return find(setting).flatMap(value -> TrainerCall.read(choices, evaluator, scope, setting, value));
    }

    /// One such call, or a list of them.
    List<Recipe.Call> calls(String setting, List<TrainerCall> choices) {
        List<Expression> all = find(setting).map(value -> value instanceof Expression.ListLiteral list ? list.elements() : List.of(value))
                .orElse(List.of());
        return all.stream().flatMap(value -> TrainerCall.read(choices, evaluator, scope, setting, value).stream()).toList();
    }

    private void report(Problem problem) {
        evaluator.report().add(problem);
    }
}
