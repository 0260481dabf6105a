package nnet.cli;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import nnet.compiler.model.Body;
import nnet.compiler.model.Model;
import nnet.compiler.model.Parameter;
import nnet.compiler.model.Port;
import nnet.compiler.model.Step;
import nnet.compiler.model.Variable;

/// The layers of a network as a table: where each stands, what goes in and out, what it learns.
final class Layers {

    private final Map<String, Parameter> weights;
    private final TextTable table = new TextTable("layer", "", "in", "out", "parameters");

    private Layers(Model model) {
        weights = java.util.stream.Stream.concat(model.parameters().stream(), model.states().stream())
                .collect(Collectors.toMap(Parameter::path, p -> p));
    }

    static TextTable table(Model model) {
        Layers layers = new Layers(model);
        layers.add(model.infer(), 0);
        return layers.table;
    }

    private void add(Body body, int depth) {
        add(body.steps(), depth);
    }

    private void add(List<Step> steps, int depth) {
        for (Step step : steps) {
            switch (step) {
                case Step.Instance layer -> {
                    String call = layer.arguments().isEmpty() ? layer.layer() : layer.layer() + "(" + layer.arguments() + ")";
                    long own = layer.parameters().stream().mapToLong(path -> size(weights.get(path))).sum();
                    table.row("  ".repeat(depth) + layer.path(), call, types(layer.inputs()), types(layer.outputs()),
                            own == 0 ? "" : Numbers.grouped(own));
                    add(layer.steps(), depth + 1);
                }
                case Step.Compute _ -> {
                }
            }
        }
    }

    private static String types(List<Variable> variables) {
        return variables.stream().map(Variable::describe).collect(Collectors.joining(", "));
    }

    /// All numbers that the network learns or is given.
    static long parameters(Model model) {
        return model.parameters().stream().mapToLong(Layers::size).sum();
    }

    static long size(Parameter parameter) {
        return parameter.type().shape().size().size();
    }

    /// `network Xor(bits: f32[2]) -> f32[1]`.
    static String signature(Model model) {
        return "network " + model.name() + model.inputs().stream().map(Layers::port).collect(Collectors.joining(", ", "(", ")")) + " -> "
                + model.outputs().stream().map(Layers::port).collect(Collectors.joining(", "));
    }

    private static String port(Port port) {
        return (port.name().isEmpty() ? "" : port.name() + ": ") + Port.describe(port.type(), port.categories());
    }
}
