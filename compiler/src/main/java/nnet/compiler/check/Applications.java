package nnet.compiler.check;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import nnet.compiler.check.Calls.Actual;
import nnet.compiler.model.Step;
import nnet.compiler.model.Variable;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Declaration.Definition;
import nnet.compiler.syntax.Declaration.Kind;
import nnet.compiler.syntax.Declaration.Name;

/// Applies functions, layers and primitives to inputs. A layer becomes an instance with a path of its own; everything else disappears.
final class Applications {

    private static final int DEEPEST = 150;

    private final Evaluator evaluator;
    private final Calls calls;
    private int depth;

    Applications(Evaluator evaluator, Calls calls) {
        this.evaluator = evaluator;
        this.calls = calls;
    }

    Datum apply(Datum callee, List<Actual> inputs, Span span, Optional<Name> label) {
        if (evaluator.session().isStopped()) {
            return new Datum.Unknown();
        }
        if (depth >= DEEPEST) {
            Report.Frame repeated = evaluator.report().mostRepeated().orElse(new Report.Frame(span.text().split("\\(")[0].strip(), span));
            evaluator.session().stop(new LimitProblem.Recursion(repeated.span(), repeated.name(), DEEPEST));
            return new Datum.Unknown();
        }
        depth++;
        try {
            return applied(callee, inputs, span, label);
        } finally {
            depth--;
        }
    }

    private Datum applied(Datum callee, List<Actual> inputs, Span span, Optional<Name> label) {
        return switch (callee) {
            case Datum.Unknown unknown -> unknown;
            case Datum.Defined defined -> defined(defined, inputs, span, label);
            case Datum.Primitive(Builtin builtin) -> builtin.apply(evaluator, inputs, span);
            case Datum.Closure closure -> labelled(label, () -> closure(closure, inputs, span));
            case Datum.Repeated repeated -> labelled(label, () -> repeat(repeated, inputs, span));
            case Datum.Always(Datum value) -> value;
            default -> evaluator.report().add(new KindProblem.NotCallable(span, Datum.describe(callee)));
        };
    }

    private Datum defined(Datum.Defined defined, List<Actual> inputs, Span span, Optional<Name> label) {
        Datum withArguments = defined.bound().isPresent() ? defined : calls.bind(defined, List.of(), span);
        if (!(withArguments instanceof Datum.Defined complete)) {
            return withArguments;
        }
        boolean isLayer = complete.definition().kind() == Kind.LAYER;
        Optional<String> path = isLayer ? path(complete, label) : Optional.empty();
        if (isLayer && path.isEmpty()) {
            return new Datum.Unknown();
        }
        evaluator.report().enter(defined.name(), span);
        try {
            Scope scope = Scope.of(complete.home());
            complete.bound().ifPresent(bound -> bound.values().forEach(scope::define));
            if (!calls.pass(complete.name(), complete.definition().inputs(), inputs, scope, span)) {
                return new Datum.Unknown();
            }
            return isLayer ? layer(complete, scope, span, path.get()) : body(complete.definition(), scope, span);
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
    private Datum layer(Datum.Defined layer, Scope scope, Span span, String path) {
        Place inner = new Place(path);
        List<Variable> inputs = layer.definition().inputs().stream().flatMap(formal -> formal.name().stream())
                .flatMap(name -> scope.find(name.text()).stream())
                .flatMap(Applications::tensors).toList();
        evaluator.emission().open();
        Datum value = evaluator.at(inner, () -> body(layer.definition(), scope, span));
        List<Step> steps = evaluator.emission().close();
        evaluator.emission()
                .add(new Step.Instance(span, path, layer.name(), layer.bound().map(Datum.Bound::text).orElse(""), inputs,
                        tensors(value).toList(),
                        inner.parameters(), inner.states(), steps));
        return value;
    }

    /// The path of a layer: of its name if it has one, of its label, or of its position. Empty where the label is taken, which has then been reported.
    private Optional<String> path(Datum.Defined layer, Optional<Name> label) {
        if (layer.path().isPresent()) {
            return layer.path();
        }
        Place place = evaluator.place();
        return label.isPresent() ? place.take(label.get(), evaluator.report()) : Optional.of(place.number(layer.name()));
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
        for (long i = 0; i < times && evaluator.session().work(span); i++) {
            Scope scope = repeated.scope().inner();
            scope.define("it", value);
            Datum next = evaluator.block(repeated.repeat().body(), scope);
            value = next instanceof Datum.Callable ? apply(next, Calls.inputs(value, span), span, Optional.empty()) : next;
        }
        return value;
    }

    private Datum labelled(Optional<Name> label, Supplier<Datum> application) {
        if (label.isEmpty()) {
            return application.get();
        }
        Optional<String> path = evaluator.place().take(label.get(), evaluator.report());
        return path.isEmpty() ? new Datum.Unknown() : evaluator.at(new Place(path.get()), application);
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
            case Datum.Group(List<String> _, List<Datum> elements) -> elements.stream().flatMap(Applications::tensors);
            default -> Stream.empty();
        };
    }
}
