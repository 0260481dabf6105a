package nnet.compiler.differentiate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.tensor.Builder;
import nnet.compiler.tensor.DeadCode;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.tensor.Pullback;
import nnet.compiler.tensor.Scan;
import nnet.compiler.tensor.Value;

/// Reverse-mode differentiation: one sweep from a scalar back to the parameters. Appears: gradient outputs and the equations that they need. Relies on a graph in
/// which the loss is a scalar, so of one example or a batch whose mean has been taken.
public final class Differentiate {

    private Differentiate() {
    }

    /// The graph with the gradient of the output `loss` for each of `parameters` as additional outputs of role `GRADIENT`, under the names of the parameters.
    /// Nothing is computed for other inputs; a parameter that the loss does not depend on gets zeros.
    public static Graph gradients(Graph graph, String loss, List<String> parameters) {
        Graph saving = saveCarries(graph);
        Builder builder = Builder.of(saving);
        Value value = saving.outputs().stream().filter(output -> output.name().equals(loss)).findFirst().orElseThrow().value();
        if (value.shape().rank() != 0) {
            throw new IllegalArgumentException("the loss is " + value.type() + ", not a scalar");
        }
        List<Value> inputs = parameters.stream().map(name -> parameter(saving, name)).toList();
        builder.at(value.span(), "d_" + loss);
        Map<Value, Value> seed = Map.of(value, builder.like(value, 1));
        List<Optional<Value>> gradients = Pullback.sweep(builder, saving.equations(), seed, inputs);
        for (int i = 0; i < inputs.size(); i++) {
            Value input = inputs.get(i);
            builder.at(input.span(), "d_" + parameters.get(i));
            builder.output(parameters.get(i), Role.GRADIENT, gradients.get(i).orElseGet(() -> builder.like(input, 0)));
        }
        return DeadCode.remove(builder.build());
    }

    private static Value parameter(Graph graph, String name) {
        return graph.inputs().stream().filter(input -> input.role() == Role.PARAMETER && input.name().equals(name)).findFirst()
                .orElseThrow().value();
    }

    /// Scans that also emit the carries that each step began with, and products: what their pullback starts each step from.
    private static Graph saveCarries(Graph graph) {
        int next = Builder.of(graph).nextId();
        List<Equation> equations = new ArrayList<>();
        for (Equation equation : graph.equations()) {
            if (equation.op() instanceof Scan scan && !scan.isSaving()) {
                Equation saving = scan.saving(equation, next);
                next += saving.results().size();
                equations.add(saving);
            } else {
                equations.add(equation);
            }
        }
        return new Graph(graph.name(), graph.inputs(), equations, graph.outputs());
    }
}
