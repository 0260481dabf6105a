package nnet.compiler.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.model.Recipe;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Declaration.Name;
import nnet.compiler.syntax.Expression;

/// A call that means nothing to the compiler but something to the trainer: its name and what arguments it takes. The first argument may be given by position.
/// `TrainerCalls` lists them.
record TrainerCall(String name, List<Formal> formals) {

    TrainerCall {
        formals = List.copyOf(formals);
    }

    static TrainerCall of(String name, Formal... formals) {
        return new TrainerCall(name, List.of(formals));
    }

    /// One argument.
    record Formal(String name, TrainerValue value, boolean isRequired) {
        static Formal required(String name, TrainerValue value) {
            return new Formal(name, value, true);
        }

        static Formal optional(String name, TrainerValue value) {
            return new Formal(name, value, false);
        }
    }

    /// The call that an expression is, one of some; empty where it is another or does not fit, which has then been reported. A call that needs no arguments may
    /// be written without parentheses.
    ///
    /// @param place what the call is for, as in messages: `data`
    static Optional<Recipe.Call> read(List<TrainerCall> choices, Evaluator evaluator, Scope scope, String place, Expression value) {
        Optional<Name> name = name(value);
        if (name.isEmpty()) {
            String example = choices.getFirst().formals.isEmpty() ? choices.getFirst().name : choices.getFirst().name + "(...)";
            evaluator.report()
                    .add(new RuleProblem.Range(value.span(), "`" + place + "`", "a call such as `" + example + "`", Settings.text(value)));
            return Optional.empty();
        }
        Optional<TrainerCall> choice = choices.stream().filter(one -> one.name.equals(name.get().text())).findFirst();
        if (choice.isEmpty()) {
            evaluator.report().add(new NameProblem.Unknown(name.get().span(), "`" + place + "`", "kind", name.get().text(),
                    choices.stream().map(TrainerCall::name).toList()));
            return Optional.empty();
        }
        return Optional.of(choice.get().read(evaluator, scope, value));
    }

    private static Optional<Name> name(Expression value) {
        return switch (value) {
            case Expression.Reference reference -> Optional.of(reference.name());
            case Expression.Call call when call.function() instanceof Expression.Reference function -> Optional.of(function.name());
            default -> Optional.empty();
        };
    }

    private Recipe.Call read(Evaluator evaluator, Scope scope, Expression value) {
        List<Expression.Call.Argument> given = value instanceof Expression.Call call ? call.arguments() : List.of();
        Map<String, Recipe.Argument> arguments = new LinkedHashMap<>();
        boolean fits = true;
        for (Expression.Call.Argument argument : given) {
            Optional<Recipe.Argument> read = argument(evaluator, scope, argument, argument == given.getFirst());
            fits &= read.isPresent();
            if (read.isPresent() && arguments.putIfAbsent(read.get().name(), read.get()) != null) {
                evaluator.report().add(
                        new NameProblem.Twice(argument.span(), arguments.get(read.get().name()).span(), "argument", read.get().name()));
            }
        }
        for (Formal formal : formals) {
            if (fits && formal.isRequired && !arguments.containsKey(formal.name)) {
                evaluator.report().add(new KindProblem.Missing(value.span(), name, formal.name, Span.NONE));
            }
        }
        return new Recipe.Call(name, List.copyOf(arguments.values()), value.span());
    }

    private Optional<Recipe.Argument> argument(Evaluator evaluator, Scope scope, Expression.Call.Argument argument, boolean isFirst) {
        List<String> known = formals.stream().map(Formal::name).toList();
        if (argument.name().isEmpty() && (!isFirst || known.isEmpty())) {
            evaluator.report().add(new KindProblem.TooMany(argument.span(), name, Math.min(1, known.size()),
                    known.size() < 2 ? "" : " without a name; others are " + String.join(", ", known)));
            return Optional.empty();
        }
        String written = argument.name().map(Name::text).orElseGet(known::getFirst);
        Optional<Formal> formal = formals.stream().filter(one -> one.name.equals(written)).findFirst();
        if (formal.isEmpty()) {
            evaluator.report().add(new NameProblem.Unknown(argument.name().map(Name::span).orElse(argument.span()), "`" + name + "`",
                    "argument", written, known));
            return Optional.empty();
        }
        return formal.get().value.read(evaluator, scope, "`" + written + "` of `" + name + "`", argument.value())
                .map(one -> new Recipe.Argument(written, one, argument.value().span()));
    }
}
