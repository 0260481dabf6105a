package nnet.compiler.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Declaration.Kind;
import nnet.compiler.syntax.Declaration.Name;
import nnet.compiler.syntax.Declaration.Parameter;
import nnet.compiler.syntax.Expression;

/// Calls and pipes: which arguments go where.
///
/// A definition with two pairs of parentheses takes its compile-time arguments first (`Dense(8)`) and its inputs then; where all of the former have defaults,
/// inputs may come at once (`leaky_relu(x)`).
final class Calls {

    /// An argument at its call; its value is found once the place it goes to is known, because that decides what a name means.
    record Actual(Optional<Name> name, Span span, Function<Want, Datum> value) {
        static Actual of(Datum datum, Span span) {
            return new Actual(Optional.empty(), span, _ -> datum);
        }
    }

    private final Evaluator evaluator;
    private final Applications applications;

    Calls(Evaluator evaluator) {
        this.evaluator = evaluator;
        this.applications = new Applications(evaluator, this);
    }

    Datum call(Expression.Call call, Scope scope, Want want) {
        Datum callee = evaluator.evaluate(call.function(), scope, want);
        return call(callee, actuals(call, scope), call.span());
    }

    private List<Actual> actuals(Expression.Call call, Scope scope) {
        List<Actual> actuals = new ArrayList<>();
        for (Expression.Call.Argument argument : call.arguments()) {
            Map<Want, Datum> once = new HashMap<>();
            actuals.add(new Actual(argument.name(), argument.value().span(),
                    want -> once.isEmpty() ? evaluated(once, want, argument, scope) : once.values().iterator().next()));
        }
        return actuals;
    }

    private Datum evaluated(Map<Want, Datum> once, Want want, Expression.Call.Argument argument, Scope scope) {
        Datum value = evaluator.evaluate(argument.value(), scope, want);
        once.put(want, value);
        return value;
    }

    private Datum call(Datum callee, List<Actual> actuals, Span span) {
        if (callee instanceof Datum.Unknown) {
            // What is wrong with the arguments is worth saying too.
            actuals.forEach(actual -> actual.value().apply(Want.ANY));
        }
        if (callee instanceof Datum.Defined defined && defined.bound().isEmpty() && wantsArguments(defined, actuals)) {
            return bind(defined, actuals, span);
        }
        return applications.apply(callee, actuals, span, Optional.empty());
    }

    private boolean wantsArguments(Datum.Defined defined, List<Actual> actuals) {
        List<Parameter> parameters = defined.definition().parameters();
        if (actuals.isEmpty()) {
            return !defined.definition().inputs().isEmpty();
        }
        if (parameters.isEmpty()) {
            return false;
        }
        boolean allHaveDefaults = parameters.stream().allMatch(parameter -> parameter.standard().isPresent());
        Actual first = actuals.getFirst();
        if (!allHaveDefaults || first.name().isPresent()) {
            return true;
        }
        return evaluator.types().couldBe(parameters.getFirst(), first.value().apply(Want.of(parameters.getFirst().type())));
    }

    Datum bind(Datum.Defined defined, List<Actual> actuals, Span span) {
        Scope scope = Scope.of(defined.home());
        evaluator.report().enter(defined.name(), span);
        try {
            boolean fits = pass(defined.name(), defined.definition().parameters(), actuals, scope, span);
            Map<String, Datum> values = new LinkedHashMap<>();
            defined.definition().parameters()
                    .forEach(formal -> formal.name().flatMap(name -> scope.find(name.text()).map(value -> Map.entry(name.text(), value)))
                            .ifPresent(entry -> values.put(entry.getKey(), entry.getValue())));
            return fits
                    ? new Datum.Defined(defined.definition(), defined.home(),
                            Optional.of(
                                    new Datum.Bound(values, Arguments.written(defined.definition().parameters(), actuals, values), span)),
                            defined.path())
                    : new Datum.Unknown();
        } finally {
            evaluator.report().leave();
        }
    }

    /// `x -> stage`: the value goes to the stage, as its first input where the stage is a call of a function that has one pair of parentheses only.
    Datum pipe(Expression.Pipe pipe, Scope scope) {
        Datum value = evaluator.evaluate(pipe.value(), scope);
        List<Actual> inputs = inputs(value, pipe.stage().span());
        if (pipe.stage() instanceof Expression.Call call) {
            Datum callee = evaluator.evaluate(call.function(), scope);
            List<Actual> actuals = actuals(call, scope);
            if (takesAllAtOnce(callee) && !actuals.isEmpty()) {
                List<Actual> all = new ArrayList<>(inputs);
                all.addAll(actuals);
                return value instanceof Datum.Unknown ? value : applications.apply(callee, all, call.span(), pipe.label());
            }
            Datum stage = call(callee, actuals, call.span());
            return value instanceof Datum.Unknown ? value : applications.apply(stage, inputs, call.span(), pipe.label());
        }
        Datum stage = evaluator.evaluate(pipe.stage(), scope);
        return value instanceof Datum.Unknown ? value : applications.apply(stage, inputs, pipe.stage().span(), pipe.label());
    }

    private static boolean takesAllAtOnce(Datum callee) {
        return switch (callee) {
            case Datum.Defined defined -> defined.definition().parameters().isEmpty() && defined.definition().kind() != Kind.LAYER;
            case Datum.Primitive _ -> true;
            default -> false;
        };
    }

    static List<Actual> inputs(Datum value, Span span) {
        return value instanceof Datum.Group group
                ? group.elements().stream().map(element -> Actual.of(element, span)).toList()
                : List.of(Actual.of(value, span));
    }

    /// Applies to values that are there already.
    Datum apply(Datum callee, List<Datum> inputs, Span span) {
        return applications.apply(callee, inputs.stream().map(input -> Actual.of(input, span)).toList(), span, Optional.empty());
    }

    /// Matches arguments to parameters, by position and then by name, fills in defaults, checks and converts each. False if something did not fit.
    boolean pass(String callee, List<Parameter> formals, List<Actual> actuals, Scope scope, Span span) {
        Optional<Map<Parameter, Actual>> given = new Matching(evaluator.report(), callee, span).match(formals, actuals);
        boolean fits = given.isPresent();
        for (Parameter formal : fits ? formals : List.<Parameter>of()) {
            Optional<Actual> actual = Optional.ofNullable(given.get().get(formal));
            Want want = Want.of(formal.type());
            Datum value = actual.map(one -> one.value().apply(want))
                    .or(() -> formal.standard().map(standard -> evaluator.evaluate(standard, scope, want)))
                    .orElseGet(() -> evaluator.report().add(new KindProblem.Missing(span, callee, Matching.name(formal), formal.span())));
            Optional<Datum> fitting = evaluator.types().fit(formal, value, scope, actual.map(Actual::span).orElse(span), callee);
            formal.name().ifPresent(name -> scope.define(name.text(), fitting.orElse(new Datum.Unknown())));
            fits &= fitting.isPresent();
        }
        return fits;
    }
}
