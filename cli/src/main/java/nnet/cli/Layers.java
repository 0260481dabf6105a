package nnet.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nnet.compiler.model.Model;
import nnet.compiler.model.Parameter;
import nnet.compiler.model.Port;
import nnet.compiler.model.Step;
import nnet.compiler.model.Variable;
import nnet.compiler.type.Shape;

/// The layers of a network as a table: where each stands, what goes in and out, what it learns. Equal layers one after the other share a row.
final class Layers {

    /// Longer calls, such as those with lists of layers, are cut.
    private static final int LONGEST_CALL = 72;

    /// A layer under its name in the layer around it.
    private record Layer(String name, Kind kind) {
    }

    /// All that a row says of a layer but its name, and what is inside.
    private record Kind(String call, String in, String out, long own, List<Layer> inner) {
    }

    private final Map<String, Parameter> weights;
    private final TextTable table = new TextTable("layer", "", "in", "out", "parameters");

    private Layers(Model model) {
        weights = Stream.concat(model.parameters().stream(), model.states().stream()).collect(Collectors.toMap(Parameter::path, p -> p));
    }

    static TextTable table(Model model) {
        Layers layers = new Layers(model);
        layers.add(layers.read(model.infer().steps(), ""), "");
        return layers.table;
    }

    private List<Layer> read(List<Step> steps, String around) {
        List<Layer> layers = new ArrayList<>();
        for (Step step : steps) {
            switch (step) {
                case Step.Instance layer -> layers.add(new Layer(within(layer.path(), around), kind(layer)));
                case Step.Compute _ -> {
                }
            }
        }
        return layers;
    }

    /// A layer that was made elsewhere and is applied here keeps its whole path.
    private static String within(String path, String around) {
        return path.startsWith(around) ? path.substring(around.length()) : path;
    }

    private Kind kind(Step.Instance layer) {
        String call = layer.arguments().isEmpty() ? layer.layer() : layer.layer() + "(" + layer.arguments() + ")";
        String shown = call.length() <= LONGEST_CALL ? call : call.substring(0, LONGEST_CALL - 1) + "…";
        long own = layer.parameters().stream().mapToLong(path -> size(weights.get(path))).sum();
        return new Kind(shown, types(layer.inputs()), types(layer.outputs()), own, read(layer.steps(), layer.path() + "."));
    }

    private void add(List<Layer> layers, String indent) {
        for (int from = 0, to; from < layers.size(); from = to) {
            Layer first = layers.get(from);
            to = from + 1;
            while (to < layers.size() && layers.get(to).kind().equals(first.kind())) {
                to++;
            }
            Kind kind = first.kind();
            String times = to - from == 1 ? "" : (to - from) + " x ";
            String name = to - from == 1 ? first.name() : first.name() + " ... " + layers.get(to - 1).name();
            table.row(indent + name, times + kind.call(), kind.in(), kind.out(),
                    kind.own() == 0 ? "" : times + Numbers.grouped(kind.own()));
            add(kind.inner(), indent + "  ");
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

    /// `network Xor(bits: f32[2]) -> f32[1]`; of a length that is known only at run time its input, `time: i32[]`, is not shown.
    static String signature(Model model) {
        return "network " + model.name()
                + model.inputs().subList(0, model.inputs().size() - model.lengths().size()).stream().map(input -> input(model, input))
                        .collect(Collectors.joining(", ", "(", ")"))
                + " -> "
                + model.outputs().stream().map(Layers::output).collect(Collectors.joining(", "));
    }

    private static String input(Model model, Port port) {
        return model.lengths().stream().filter(length -> length.ports().contains(port.name())).findFirst()
                .map(length -> port(port).replace("[" + length.bound(), "[" + length.name() + " <= " + length.bound()))
                .orElseGet(() -> port(port));
    }

    /// Categories are declared without the axis of their probabilities.
    private static String output(Port port) {
        Shape shape = port.type().shape();
        boolean isProbability = port.categories().isPresent() && port.type().element().isFloating();
        return isProbability
                ? port(new Port(port.name(), port.doc(), port.type().withShape(new Shape(shape.dims().subList(0, shape.rank() - 1))),
                        port.categories(), port.meaning(), port.span()))
                : port(port);
    }

    private static String port(Port port) {
        return (port.name().isEmpty() ? "" : port.name() + ": ") + Port.describe(port.type(), port.categories());
    }
}
