package nnet.compiler.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import nnet.compiler.check.Evaluator.Purpose;
import nnet.compiler.model.Body;
import nnet.compiler.model.Port;
import nnet.compiler.model.Recipe;
import nnet.compiler.model.Variable;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Declaration.Kind;
import nnet.compiler.syntax.Expression;
import nnet.compiler.tensor.BatchSum;
import nnet.compiler.tensor.Divide;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.tensor.Size;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;

/// Metrics: functions of the outputs and targets of a whole split, or expressions over outputs and `target` (with several outputs `target.name`). What such a
/// function says of each example is averaged.
final class Metrics {

    private final Session session;
    private final FileScope file;
    private final List<Port> targets;
    private final List<Port> outputs;
    private final List<Recipe.Metric> found = new ArrayList<>();

    Metrics(Session session, NetworkCheck network, FileScope file, List<Port> targets) {
        this.session = session;
        this.file = file;
        this.targets = targets;
        this.outputs = network.outputs();
    }

    List<Recipe.Metric> found() {
        return found;
    }

    /// The body that computes all of them.
    Body run(Optional<Expression> setting) {
        Evaluator evaluator = new Evaluator(session, Purpose.METRIC, session.emission(), new Keeper.Nothing("in a metric"), new Place(""));
        List<Datum> given = outputs.stream().map(port -> input(evaluator, port, OptionalInt.empty())).toList();
        List<Datum> wanted = targets.stream().map(port -> input(evaluator, port, port.categories())).toList();
        Scope scope = scope(given, wanted);
        List<Datum> arguments = Stream.concat(given.stream(), wanted.stream()).toList();
        for (Expression metric : expressions(setting)) {
            add(evaluator, metric, scope, arguments);
        }
        return evaluator.emission().build();
    }

    private static Datum input(Evaluator evaluator, Port port, OptionalInt categories) {
        return new Datum.Tensor(evaluator.emission().input(port.name(), Role.DATA, port.type(), categories, port.span()));
    }

    private Scope scope(List<Datum> given, List<Datum> wanted) {
        Scope scope = Scope.of(file).inner();
        for (int i = 0; i < outputs.size(); i++) {
            scope.define(outputs.get(i).name(), given.get(i));
        }
        if (outputs.size() == 1 && wanted.size() == 1) {
            scope.define("target", wanted.getFirst());
        } else if (!wanted.isEmpty()) {
            scope.define("target", new Datum.Group(targets.stream().map(Losses::outputName).toList(), wanted));
        }
        return scope;
    }

    private static List<Expression> expressions(Optional<Expression> setting) {
        return setting.map(value -> value instanceof Expression.ListLiteral list ? list.elements() : List.of(value)).orElse(List.of());
    }

    private void add(Evaluator evaluator, Expression metric, Scope scope, List<Datum> arguments) {
        String name = Settings.text(metric);
        Optional<Recipe.Metric> same = found.stream().filter(other -> other.name().equals(name)).findFirst();
        if (same.isPresent()) {
            session.report().add(new NameProblem.Twice(metric.span(), same.get().span(), "metric", name));
            return;
        }
        Datum value = evaluator.evaluate(metric, scope, Want.of(Kind.METRIC, Kind.LOSS));
        if (value instanceof Datum.Callable function) {
            if (outputs.size() > 1 && Losses.formals(function).size() != arguments.size()) {
                session.report().add(new KindProblem.Expected(metric.span(), "a metric of a network with several outputs",
                        "told which of them it looks at", "the function alone", "for example: " + example(name)));
                return;
            }
            value = evaluator.calls().apply(function, arguments, metric.span());
        }
        if (value instanceof Datum.Unknown) {
            return;
        }
        if (!(value instanceof Datum.Tensor)) {
            session.report().add(
                    new KindProblem.Expected(metric.span(), "a metric", "a function of outputs and targets", Datum.describe(value), ""));
            return;
        }
        Optional<Variable> result = evaluator.tensor(value, "a metric", metric.span());
        if (result.isPresent() && result.get().type().rank() > 0) {
            session.report().add(new ShapeProblem.Needed(metric.span(), "a metric", "one number; `mean` makes one of many", result.get()));
            return;
        }
        result.ifPresent(one -> {
            Variable real = evaluator.emission().convert(metric.span(), one, ElementType.F32);
            evaluator.emission().output(name, Role.RESULT, mean(evaluator.emission(), real, metric.span()));
            found.add(new Recipe.Metric(name, metric.span()));
        });
    }

    private String example(String function) {
        String output = targets.isEmpty() ? outputs.getFirst().name() : Losses.outputName(targets.getFirst());
        return function + "(" + output + ", target." + output + ")";
    }

    /// The mean over all examples; of a value that is the same for all of them, that value.
    static Variable mean(Emission emission, Variable value, Span span) {
        if (!emission.variesByExample(value)) {
            return value;
        }
        return emission.emit(span, new Divide(), emission.emit(span, new BatchSum(), value),
                emission.emit(span, new Size(Dim.symbol("batch"))));
    }
}
