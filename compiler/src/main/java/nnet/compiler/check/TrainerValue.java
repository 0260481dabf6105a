package nnet.compiler.check;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import nnet.compiler.model.Recipe;
import nnet.compiler.syntax.Expression;

/// What an argument of a `TrainerCall` may be.
sealed interface TrainerValue {

    TrainerValue TEXT = new Plain("a text", value -> value instanceof String);
    TrainerValue TEXTS = new Plain("a text or a list of texts",
            value -> value instanceof String || value instanceof List<?> list && list.stream().allMatch(one -> one instanceof String));
    TrainerValue CHARACTER = new Plain("a text of one character", value -> value instanceof String text && text.length() == 1);
    TrainerValue TRUTH = new Plain("true or false", value -> value instanceof Boolean);
    TrainerValue COUNT = new Plain("a whole number of at least 1",
            value -> value instanceof Long number && number >= 1 && number <= Integer.MAX_VALUE);
    TrainerValue SIZE = new Plain("a number of at least 0", value -> value instanceof Number number && number.doubleValue() >= 0);
    TrainerValue WHOLE_SIZE = new Plain("a whole number of at least 0",
            value -> value instanceof Long number && number >= 0 && number <= Integer.MAX_VALUE);
    TrainerValue COLUMN = new Plain("a column", value -> value instanceof String || value instanceof Long);
    TrainerValue COLUMNS = new Plain("a list of columns", TrainerValue::areColumns);
    TrainerValue ONE_OR_MORE_COLUMNS = new Plain("a column or a list of columns",
            value -> value instanceof String || value instanceof Long || areColumns(value));

    private static boolean areColumns(Object value) {
        return value instanceof List<?> list && list.stream().allMatch(one -> one instanceof String || one instanceof Long);
    }

    /// The value that an expression has; empty where it does not fit, which has then been reported.
    ///
    /// @param what the argument, as in messages
    Optional<Object> read(Evaluator evaluator, Scope scope, String what, Expression expression);

    /// A value that the compiler can work out: `Long`, `Double`, `Boolean`, `String` or a `List` of these.
    record Plain(String description, Predicate<Object> holds) implements TrainerValue {
        @Override
        public Optional<Object> read(Evaluator evaluator, Scope scope, String what, Expression expression) {
            Datum datum = evaluator.evaluate(expression, scope);
            Optional<Object> value = value(datum);
            if (datum instanceof Datum.Unknown || value.isPresent() && holds.test(value.get())) {
                return value;
            }
            evaluator.report().add(new RuleProblem.Range(expression.span(), what, description, Settings.text(expression)));
            return Optional.empty();
        }

        private static Optional<Object> value(Datum datum) {
            return switch (datum) {
                case Datum.Whole(long number) -> Optional.of(number);
                case Datum.Real(double number) -> Optional.of(number);
                case Datum.Truth(boolean holds) -> Optional.of(holds);
                case Datum.Text(String text) -> Optional.of(text);
                case Datum.Listing(List<Datum> elements) -> {
                    List<Object> all = elements.stream().flatMap(element -> value(element).stream()).toList();
                    yield all.size() == elements.size() ? Optional.of(all) : Optional.empty();
                }
                default -> Optional.empty();
            };
        }
    }

    /// One of some words, with or without quotation marks: a `String`.
    record Word(List<String> words) implements TrainerValue {

        static Word of(String... words) {
            return new Word(List.of(words));
        }

        @Override
        public Optional<Object> read(Evaluator evaluator, Scope scope, String what, Expression expression) {
            String word = switch (expression) {
                case Expression.Reference reference -> reference.name().text();
                case Expression.StringLiteral text -> text.value();
                default -> "";
            };
            if (words.contains(word)) {
                return Optional.of(word);
            }
            evaluator.report()
                    .add(new RuleProblem.Range(expression.span(), what, "one of " + String.join(", ", words), Settings.text(expression)));
            return Optional.empty();
        }
    }

    /// One of some calls: a `Recipe.Call`.
    record Nested(List<TrainerCall> calls) implements TrainerValue {
        @Override
        public Optional<Object> read(Evaluator evaluator, Scope scope, String what, Expression expression) {
            Optional<Recipe.Call> call = TrainerCall.read(calls, evaluator, scope, what.replaceAll("^`(\\w+)`.*", "$1"), expression);
            return call.map(Object.class::cast);
        }
    }
}
