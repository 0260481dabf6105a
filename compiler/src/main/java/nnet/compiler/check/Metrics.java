package nnet.compiler.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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

/// Metrics: functions of the outputs and targets of a whole split. What such a function says of each example is averaged.
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
        List<Datum> arguments = new ArrayList<>();
        List<Port> ports = new ArrayList<>(outputs);
        ports.addAll(targets);
        for (Port port : ports) {
            boolean isOutput = arguments.size() < outputs.size();
            arguments.add(new Datum.Tensor(evaluator.emission().input(port.name(), Role.DATA, port.type(),
                    isOutput ? OptionalInt.empty() : port.categories(), port.span())));
        }
        for (Expression metric : expressions(setting)) {
            add(evaluator, metric, arguments);
        }
        return evaluator.emission().build();
    }

    private static List<Expression> expressions(Optional<Expression> setting) {
        return setting.map(value -> value instanceof Expression.ListLiteral list ? list.elements() : List.of(value)).orElse(List.of());
    }

    private void add(Evaluator evaluator, Expression metric, List<Datum> arguments) {
        String name = Settings.text(metric);
        Optional<Recipe.Metric> same = found.stream().filter(other -> other.name().equals(name)).findFirst();
        if (same.isPresent()) {
            session.report().add(new NameProblem.Twice(metric.span(), same.get().span(), "metric", name));
            return;
        }
        Datum function = evaluator.evaluate(metric, Scope.of(file), Want.of(Kind.METRIC, Kind.LOSS));
        if (function instanceof Datum.Unknown) {
            return;
        }
        if (!(function instanceof Datum.Callable)) {
            session.report().add(
                    new KindProblem.Expected(metric.span(), "a metric", "a function of outputs and targets", Datum.describe(function), ""));
            return;
        }
        Datum value = evaluator.calls().apply(function, arguments, metric.span());
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

    /// The mean over all examples; of a value that is the same for all of them, that value.
    static Variable mean(Emission emission, Variable value, Span span) {
        if (!emission.variesByExample(value)) {
            return value;
        }
        return emission.emit(span, new Divide(), emission.emit(span, new BatchSum(), value),
                emission.emit(span, new Size(Dim.symbol("batch"))));
    }
}
