package nnet.compiler.tensor;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;

/// Runs graphs slowly and obviously in double precision: the oracle that compiled code must agree with, within the tolerance of its precision.
public final class Interpreter {

    private Interpreter() {
    }

    /// The outputs by name, for inputs by name. Symbols take their sizes from the inputs.
    public static Map<String, Tensor> run(Graph graph, Map<String, Tensor> inputs) {
        List<Tensor> results = run(graph, graph.inputs().stream().map(input -> inputs.get(input.name())).toList());
        Map<String, Tensor> named = new LinkedHashMap<>();
        for (int i = 0; i < results.size(); i++) {
            named.put(graph.outputs().get(i).name(), results.get(i));
        }
        return named;
    }

    /// The outputs in order, for inputs in order. Symbols take their sizes from the inputs; `batch` is 1 where no input says otherwise.
    public static List<Tensor> run(Graph graph, List<Tensor> inputs) {
        Map<String, Integer> sizes = new HashMap<>(Map.of("batch", 1));
        for (int i = 0; i < inputs.size(); i++) {
            bind(graph.inputs().get(i).value().shape(), inputs.get(i).type().shape(), sizes);
        }
        Graph fixed = Specialise.specialise(graph, sizes);
        Map<Value, Tensor> values = new HashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            Graph.Input input = fixed.inputs().get(i);
            if (!input.value().type().equals(inputs.get(i).type())) {
                throw new IllegalArgumentException(input.name() + " is " + input.value().type() + ", not " + inputs.get(i).type());
            }
            values.put(input.value(), inputs.get(i));
        }
        for (Equation equation : fixed.equations()) {
            List<Tensor> operands = equation.operands().stream().map(values::get).toList();
            List<Tensor> results = equation.op().evaluate(operands, equation.results().stream().map(Value::type).toList());
            for (int i = 0; i < results.size(); i++) {
                values.put(equation.results().get(i), results.get(i));
            }
        }
        return fixed.outputs().stream().map(output -> values.get(output.value())).toList();
    }

    private static void bind(Shape declared, Shape actual, Map<String, Integer> sizes) {
        for (int i = 0; i < Math.min(declared.rank(), actual.rank()); i++) {
            Dim dim = declared.dim(i);
            if (dim.symbols().size() == 1) {
                sizes.put(dim.symbols().getFirst(), actual.dim(i).size() / dim.factor());
            }
        }
    }
}
