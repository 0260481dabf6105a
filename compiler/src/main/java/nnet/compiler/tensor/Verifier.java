package nnet.compiler.tensor;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nnet.compiler.type.TensorType;

/// Checks that a graph is one: every value has one origin before its first use and is the same everywhere, and every equation obeys the shape rule of its operation.
public final class Verifier {

    private Verifier() {
    }

    /// The graph itself.
    ///
    /// @throws ShapeException if something is wrong with it: a mistake of the pass that made it
    public static Graph verify(Graph graph) {
        Map<Integer, Value> known = new HashMap<>();
        graph.inputs().forEach(input -> define(graph, input.value(), known));
        for (Equation equation : graph.equations()) {
            equation.operands().forEach(operand -> use(graph, operand, known));
            List<TensorType> expected = equation.op().infer(equation.operands().stream().map(Value::type).toList());
            List<TensorType> actual = equation.results().stream().map(Value::type).toList();
            demand(expected.equals(actual), graph, equation.op() + " gives " + expected + ", not " + actual);
            equation.results().forEach(result -> define(graph, result, known));
            if (equation.op() instanceof Scan scan) {
                verify(scan.body());
            }
        }
        graph.outputs().forEach(output -> use(graph, output.value(), known));
        return graph;
    }

    private static void define(Graph graph, Value value, Map<Integer, Value> known) {
        demand(known.put(value.id(), value) == null, graph, value + " is defined twice");
    }

    private static void use(Graph graph, Value value, Map<Integer, Value> known) {
        Value definition = known.get(value.id());
        demand(definition != null, graph, value + " is used before it is defined");
        demand(definition.type().equals(value.type()), graph, value + " is " + definition.type() + ", used as " + value.type());
    }

    private static void demand(boolean condition, Graph graph, String message) {
        if (!condition) {
            throw new ShapeException(graph.name() + ": " + message);
        }
    }
}
