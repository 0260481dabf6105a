package nnet.compiler.elaborate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nnet.compiler.model.Body;
import nnet.compiler.model.Model;
import nnet.compiler.model.Recipe;
import nnet.compiler.model.Step;
import nnet.compiler.model.Variable;
import nnet.compiler.tensor.Builder;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Value;

/// Makes a graph of each program of a network by inlining the layers. Appears: equations. Disappears: layer instances. The graphs speak of one example; `batch`
/// comes next. Relies on a model that has passed `check`.
public final class Elaborate {

    private Elaborate() {
    }

    /// `key` to every parameter and state.
    public static Graph initialize(Model model) {
        return graph("initialize", model.initialize());
    }

    /// Inputs, parameters and states to outputs.
    public static Graph infer(Model model) {
        return graph("infer", model.infer());
    }

    /// Inputs, targets, parameters and states to outputs and `loss` of each example.
    public static Graph evaluate(Recipe recipe) {
        return graph("evaluate", recipe.evaluate());
    }

    /// Inputs, targets, parameters, states and `key` to the mean `loss` with penalties, and new states. Becomes `gradient` by differentiation.
    public static Graph train(Recipe recipe) {
        return graph("gradient", recipe.train());
    }

    /// Flat parameters to the first states of the optimiser.
    public static Graph prepare(Recipe recipe) {
        return graph("prepare", recipe.prepare());
    }

    /// Flat parameters, flat gradient, optimiser states and `step` (from 1) to new parameters and optimiser states.
    public static Graph update(Recipe recipe) {
        return graph("update", recipe.update());
    }

    /// Outputs and targets of a whole split to one scalar for each metric.
    public static Graph metrics(Recipe recipe) {
        return graph("metrics", recipe.metricsBody());
    }

    private static Graph graph(String name, Body body) {
        Builder builder = new Builder(name);
        Map<Variable, Value> values = new HashMap<>();
        for (Body.Input input : body.inputs()) {
            builder.at(input.variable().span(), input.name());
            values.put(input.variable(), builder.input(input.name(), input.role(), input.variable().type()));
        }
        inline(body.steps(), builder, values);
        for (Body.Output output : body.outputs()) {
            builder.output(output.name(), output.role(), values.get(output.variable()));
        }
        return builder.build();
    }

    private static void inline(List<Step> steps, Builder builder, Map<Variable, Value> values) {
        for (Step step : steps) {
            switch (step) {
                case Step.Instance instance -> inline(instance.steps(), builder, values);
                case Step.Compute compute -> {
                    builder.at(compute.span(), compute.results().getFirst().hint());
                    List<Value> results = builder.addAll(compute.op(), compute.operands().stream().map(values::get).toList());
                    for (int i = 0; i < results.size(); i++) {
                        values.put(compute.results().get(i), results.get(i));
                    }
                }
            }
        }
    }
}
