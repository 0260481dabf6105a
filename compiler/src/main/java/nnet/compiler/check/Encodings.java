package nnet.compiler.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import nnet.compiler.model.Row;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Declaration;
import nnet.compiler.syntax.Expression;
import nnet.compiler.syntax.Expression.Call.Argument;

/// The words behind the type of a field: `real log standardized missing("?", mean)`.
final class Encodings {

    /// A field's kind with its encodings, and what is done where a value is missing.
    record Encoded(Row.Kind kind, Optional<Row.Missing> missing) {
    }

    private static final Set<String> OF_NUMBERS = Set.of("standardized", "min_max", "log", "missing");
    private static final Set<String> OF_CATEGORIES = Set.of("one_hot", "embedded", "missing");

    private final Evaluator evaluator;
    private final FileScope file;

    Encodings(Evaluator evaluator, FileScope file) {
        this.evaluator = evaluator;
        this.file = file;
    }

    /// Empty where something does not fit, which has then been reported.
    Optional<Encoded> of(Declaration.Row.Field field, Row.Kind type) {
        Optional<Encoded> encoded = Optional.of(new Encoded(type, Optional.empty()));
        List<String> before = new ArrayList<>();
        for (Expression encoding : field.encodings()) {
            String name = name(encoding);
            if (before.contains(name)) {
                return wrong(new NameProblem.Twice(encoding.span(), field.encodings().get(before.indexOf(name)).span(), "encoding", name));
            }
            before.add(name);
            encoded = encoded.flatMap(so -> with(so, name, encoding));
        }
        return encoded;
    }

    private static String name(Expression encoding) {
        return switch (encoding) {
            case Expression.Reference reference -> reference.name().text();
            case Expression.Call call -> name(call.function());
            default -> throw new IllegalStateException("no encoding: " + encoding);
        };
    }

    private static List<Argument> arguments(Expression encoding) {
        return encoding instanceof Expression.Call call ? call.arguments() : List.of();
    }

    private Optional<Encoded> with(Encoded so, String name, Expression encoding) {
        if (!OF_NUMBERS.contains(name) && !OF_CATEGORIES.contains(name)) {
            Set<String> known = so.kind() instanceof Row.Number ? OF_NUMBERS : OF_CATEGORIES;
            return wrong(new NameProblem.Unknown(encoding.span(), "a record", "encoding", name, known));
        }
        if (name.equals("missing")) {
            return missing(arguments(encoding), encoding.span(), so.kind()).map(found -> new Encoded(so.kind(), Optional.of(found)));
        }
        if (!name.equals("embedded") && encoding instanceof Expression.Call) {
            return wrong(new KindProblem.TooMany(encoding.span(), name, 0, ""));
        }
        return switch (so.kind()) {
            case Row.Number number -> number(number, name, encoding.span()).map(kind -> new Encoded(kind, so.missing()));
            case Row.Category category -> category(category, name, encoding).map(kind -> new Encoded(kind, so.missing()));
        };
    }

    private Optional<Row.Kind> number(Row.Number number, String name, Span span) {
        boolean isScaled = number.scaling() != Row.Scaling.NONE;
        return switch (name) {
            case "log" -> isScaled
                    ? misplaced(span, name, "after a scaling", "write it first: real log standardized")
                    : Optional.of(new Row.Number(number.type(), true, number.scaling()));
            case "standardized" -> isScaled
                    ? misplaced(span, name, "after another scaling", "choose one of them")
                    : Optional.of(new Row.Number(number.type(), number.log(), Row.Scaling.STANDARDIZED));
            case "min_max" -> isScaled
                    ? misplaced(span, name, "after another scaling", "choose one of them")
                    : Optional.of(new Row.Number(number.type(), number.log(), Row.Scaling.MIN_MAX));
            default -> misplaced(span, name, "for a number", "numbers are `standardized`, `min_max` or `log`");
        };
    }

    private Optional<Row.Kind> category(Row.Category category, String name, Expression encoding) {
        return switch (name) {
            case "one_hot" -> category.embedded() > 0
                    ? misplaced(encoding.span(), name, "after another encoding", "choose one of them")
                    : Optional.of(category);
            case "embedded" -> {
                List<Argument> arguments = arguments(encoding);
                Optional<Integer> size = arguments.size() == 1
                        ? evaluator.sizes().size(evaluator.evaluate(arguments.getFirst().value(), Scope.of(file)), encoding.span())
                        : wrong(new KindProblem.Expected(encoding.span(), "`embedded`", "`embedded(n)` with the length of the vectors",
                                "`" + encoding.span().text() + "`", ""));
                yield size.map(columns -> new Row.Category(category.size(), category.names(), columns));
            }
            default -> misplaced(encoding.span(), name, "for a category", "categories are `one_hot` or `embedded(n)`");
        };
    }

    /// `missing("?", "n/a", mean)`: texts, then what is done.
    private Optional<Row.Missing> missing(List<Argument> arguments, Span span, Row.Kind kind) {
        List<Expression> values = arguments.stream().map(Argument::value).toList();
        List<String> texts = values.stream().filter(Expression.StringLiteral.class::isInstance)
                .map(text -> ((Expression.StringLiteral) text).value().strip()).toList();
        Optional<Row.Policy> policy = values.size() == texts.size() + 1 && values.getLast() instanceof Expression.Reference reference
                ? policy(reference.name().text(), kind)
                : Optional.empty();
        if (policy.isEmpty() || texts.isEmpty() || texts.stream().anyMatch(text -> text.chars().anyMatch(Character::isISOControl))) {
            String example = kind instanceof Row.Number ? "missing(\"?\", mean)" : "missing(\"?\", category)";
            return wrong(new KindProblem.Expected(span, "a policy for missing values",
                    "texts, then `" + (kind instanceof Row.Number ? "mean" : "category") + "` or `zero`",
                    "`" + span.text() + "`",
                    "for example: " + example));
        }
        return Optional.of(new Row.Missing(texts, policy.get()));
    }

    private static Optional<Row.Policy> policy(String name, Row.Kind kind) {
        String fitting = kind instanceof Row.Number ? "mean" : "category";
        return name.equals(fitting) || name.equals("zero")
                ? Optional.of(Row.Policy.valueOf(name.toUpperCase(Locale.ROOT)))
                : Optional.empty();
    }

    private <T> Optional<T> misplaced(Span span, String name, String where, String hint) {
        return wrong(new RuleProblem.Misplaced(span, "`" + name + "`", where, hint));
    }

    private <T> Optional<T> wrong(Problem problem) {
        evaluator.report().add(problem);
        return Optional.empty();
    }
}
