package nnet.compiler.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import nnet.compiler.model.Step;
import nnet.compiler.model.Variable;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Declaration.Definition;
import nnet.compiler.syntax.Declaration.Kind;
import nnet.compiler.syntax.Declaration.Name;
import nnet.compiler.syntax.Declaration.Parameter;
import nnet.compiler.syntax.Expression;

/// Applies functions, layers and primitives.
///
/// A definition with two pairs of parentheses takes its compile-time arguments first (`Dense(8)`) and its inputs then; where all of the former have defaults,
/// inputs may come at once (`leaky_relu(x)`).
final class Calls {

    private static final int DEEPEST = 150;

    /// An argument at its call; its value is found once the place it goes to is known, because that decides what a name means.
    record Actual(Optional<Name> name, Span span, Function<Want, Datum> value) {
        static Actual of(Datum datum, Span span) {
            return new Actual(Optional.empty(), span, _ -> datum);
        }
    }

    private final Evaluator evaluator;

    Calls(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    Datum call(Expression.Call call, Scope scope, Want want) {
        Datum callee = evaluator.evaluate(call.function(), scope, want);
        return call(callee, actuals(call, scope), call.span(), argumentText(call));
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

    private static String argumentText(Expression.Call call) {
        return String.join(", ", call.arguments().stream().map(argument -> argument.span().text().replaceAll("\\s+", " ")).toList());
    }

    private Datum call(Datum callee, List<Actual> actuals, Span span, String text) {
        if (callee instanceof Datum.Unknown) {
            // What is wrong with the arguments is worth saying too.
            actuals.forEach(actual -> actual.value().apply(Want.ANY));
        }
        if (callee instanceof Datum.Defined defined && defined.bound().isEmpty() && wantsArguments(defined, actuals)) {
            return bind(defined, actuals, span, text);
        }
        return apply(callee, actuals, span, Optional.empty());
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

    private Datum bind(Datum.Defined defined, List<Actual> actuals, Span span, String text) {
        Scope scope = Scope.of(defined.home());
        evaluator.report().enter(defined.name(), span);
        try {
            boolean fits = pass(defined.name(), defined.definition().parameters(), actuals, scope, span);
            Map<String, Datum> values = new LinkedHashMap<>();
            defined.definition().parameters()
                    .forEach(formal -> formal.name().flatMap(name -> scope.find(name.text()).map(value -> Map.entry(name.text(), value)))
                            .ifPresent(entry -> values.put(entry.getKey(), entry.getValue())));
            return fits
                    ? new Datum.Defined(defined.definition(), defined.home(), Optional.of(new Datum.Bound(values, text, span)),
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
                return value instanceof Datum.Unknown ? value : apply(callee, all, call.span(), pipe.label());
            }
            Datum stage = call(callee, actuals, call.span(), argumentText(call));
            return value instanceof Datum.Unknown ? value : apply(stage, inputs, call.span(), pipe.label());
        }
        Datum stage = evaluator.evaluate(pipe.stage(), scope);
        return value instanceof Datum.Unknown ? value : apply(stage, inputs, pipe.stage().span(), pipe.label());
    }

    private static boolean takesAllAtOnce(Datum callee) {
        return switch (callee) {
            case Datum.Defined defined -> defined.definition().parameters().isEmpty() && defined.definition().kind() != Kind.LAYER;
            case Datum.Primitive _ -> true;
            default -> false;
        };
    }

    private static List<Actual> inputs(Datum value, Span span) {
        return value instanceof Datum.Group group
                ? group.elements().stream().map(element -> Actual.of(element, span)).toList()
                : List.of(Actual.of(value, span));
    }

    /// Applies to values that are there already.
    Datum apply(Datum callee, List<Datum> inputs, Span span) {
        return apply(callee, inputs.stream().map(input -> Actual.of(input, span)).toList(), span, Optional.empty());
    }

    private Datum apply(Datum callee, List<Actual> inputs, Span span, Optional<Name> label) {
        return switch (callee) {
            case Datum.Unknown unknown -> unknown;
            case Datum.Defined defined -> applied(defined, inputs, span, label);
            case Datum.Primitive(Builtin builtin) -> builtin.apply(evaluator, inputs, span);
            case Datum.Closure closure -> labelled(label, () -> closure(closure, inputs, span));
            case Datum.Repeated repeated -> labelled(label, () -> repeat(repeated, inputs, span));
            case Datum.Always(Datum value) -> value;
            default -> evaluator.report().add(new KindProblem.NotCallable(span, Datum.describe(callee)));
        };
    }

    private Datum applied(Datum.Defined defined, List<Actual> inputs, Span span, Optional<Name> label) {
        if (evaluator.session().isStopped()) {
            return new Datum.Unknown();
        }
        if (evaluator.report().depth() >= DEEPEST) {
            Report.Frame repeated = evaluator.report().mostRepeated().orElse(new Report.Frame(defined.name(), span));
            evaluator.session().stop(new LimitProblem.Recursion(repeated.span(), repeated.name(), DEEPEST));
            return new Datum.Unknown();
        }
        Datum withArguments = defined.bound().isPresent() ? defined : bind(defined, List.of(), span, "");
        if (!(withArguments instanceof Datum.Defined complete)) {
            return withArguments;
        }
        if (complete.definition().kind() == Kind.LAYER && label.isPresent() && isTaken(label.get())) {
            return new Datum.Unknown();
        }
        evaluator.report().enter(defined.name(), span);
        try {
            Scope scope = Scope.of(complete.home());
            complete.bound().ifPresent(bound -> bound.values().forEach(scope::define));
            if (!pass(complete.name(), complete.definition().inputs(), inputs, scope, span)) {
                return new Datum.Unknown();
            }
            return complete.definition().kind() == Kind.LAYER
                    ? layer(complete, scope, span, label)
                    : body(complete.definition(), scope, span);
        } finally {
            evaluator.report().leave();
        }
    }

    private Datum body(Definition definition, Scope scope, Span span) {
        Datum value = evaluator.block(definition.body(), scope);
        if (value instanceof Datum.Nothing) {
            return evaluator.report().add(new KindProblem.NoValue(definition.name().span(), "`" + definition.name() + "`"));
        }
        return seenFrom(span, evaluator.types().promised(definition, value, scope));
    }

    /// A layer becomes an instance with a path of its own.
    private Datum layer(Datum.Defined layer, Scope scope, Span span, Optional<Name> label) {
        Place outer = evaluator.place();
        String path = layer.path().orElseGet(() -> outer.path(label.map(Name::text).orElseGet(() -> outer.number(layer.name()))));
        Place inner = new Place(path);
        List<Variable> inputs = layer.definition().inputs().stream().flatMap(formal -> formal.name().stream())
                .flatMap(name -> scope.find(name.text()).stream())
                .flatMap(Calls::tensors).toList();
        evaluator.emission().open();
        Datum value = evaluator.at(inner, () -> body(layer.definition(), scope, span));
        List<Step> steps = evaluator.emission().close();
        evaluator.emission()
                .add(new Step.Instance(span, path, layer.name(), layer.bound().map(Datum.Bound::text).orElse(""), inputs,
                        tensors(value).toList(),
                        inner.parameters(), inner.states(), steps));
        return value;
    }

    private boolean isTaken(Name label) {
        Optional<Span> first = evaluator.place().take(label.text(), label.span());
        first.ifPresent(span -> evaluator.report().add(new NameProblem.Twice(label.span(), span, "layer name", label.text())));
        return first.isPresent();
    }

    private Datum closure(Datum.Closure closure, List<Actual> inputs, Span span) {
        if (inputs.size() != closure.parameters().size()) {
            String given = "a function of " + closure.parameters().size() + " values";
            return evaluator.report()
                    .add(new KindProblem.Expected(span, "the number of values", Integer.toString(closure.parameters().size()),
                            inputs.size() + " for " + given, ""));
        }
        Scope scope = closure.scope().inner();
        for (int i = 0; i < inputs.size(); i++) {
            scope.define(closure.parameters().get(i), inputs.get(i).value().apply(Want.ANY));
        }
        return evaluator.evaluate(closure.body(), scope);
    }

    private Datum repeat(Datum.Repeated repeated, List<Actual> inputs, Span span) {
        Datum count = evaluator.evaluate(repeated.repeat().count(), repeated.scope());
        if (!(count instanceof Datum.Whole(long times))) {
            return count instanceof Datum.Unknown
                    ? count
                    : evaluator.report().add(new KindProblem.Expected(repeated.repeat().count().span(), "a number of times",
                            "a whole number", Datum.describe(count), ""));
        }
        List<Datum> values = inputs.stream().map(input -> input.value().apply(Want.ANY)).toList();
        Datum value = values.size() == 1 ? values.getFirst() : new Datum.Group(List.of(), values);
        for (long i = 0; i < times && !evaluator.session().isStopped(); i++) {
            Scope scope = repeated.scope().inner();
            scope.define("it", value);
            Datum next = evaluator.block(repeated.repeat().body(), scope);
            value = next instanceof Datum.Callable ? apply(next, inputs(value, span), span, Optional.empty()) : next;
        }
        return value;
    }

    private Datum labelled(Optional<Name> label, Supplier<Datum> application) {
        if (label.isEmpty()) {
            return application.get();
        }
        if (isTaken(label.get())) {
            return new Datum.Unknown();
        }
        return evaluator.at(new Place(evaluator.place().path(label.get().text())), application);
    }

    /// Matches arguments to parameters, by position and then by name, fills in defaults, checks and converts each. False if something did not fit.
    private boolean pass(String callee, List<Parameter> formals, List<Actual> actuals, Scope scope, Span span) {
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

    /// To those outside, a result comes from the place of the call.
    private Datum seenFrom(Span span, Datum value) {
        return switch (value) {
            case Datum.Tensor(Variable variable) -> new Datum.Tensor(evaluator.emission().seenAs(variable, variable.categories(), span));
            case Datum.Group(List<String> names, List<Datum> elements) ->
                new Datum.Group(names, elements.stream().map(element -> seenFrom(span, element)).toList());
            default -> value;
        };
    }

    private static Stream<Variable> tensors(Datum value) {
        return switch (value) {
            case Datum.Tensor(Variable variable) -> Stream.of(variable);
            case Datum.Group(List<String> _, List<Datum> elements) -> elements.stream().flatMap(Calls::tensors);
            default -> Stream.empty();
        };
    }
}
