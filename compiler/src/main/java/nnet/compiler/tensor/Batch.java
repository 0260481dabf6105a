package nnet.compiler.tensor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.type.Dim;
import nnet.compiler.type.TensorType;

/// Turns a function of one example into the same function of a batch of them. Appears: an axis for the batch, in front of everything that depends on the example;
/// what does not stays as it is and is repeated where both meet. Disappears: `BatchSum`.
public final class Batch {

    private Batch() {
    }

    /// Inputs and outputs of role `DATA` get the batch axis, all others must be the same for every example.
    ///
    /// @throws ShapeException if an output that belongs to no example depends on one
    public static Graph batch(Graph graph, Dim batch) {
        return batch(graph, batch, input -> input.role() == Role.DATA, output -> output.role() == Role.DATA);
    }

    static Graph batch(Graph graph, Dim batch, Predicate<Graph.Input> isBatched, Predicate<Graph.Output> becomesBatched) {
        Batching batching = new Batching(new Builder(graph.name()), batch, new HashMap<>());
        graph.inputs().forEach(input -> batching.input(input, isBatched.test(input)));
        graph.equations().forEach(batching::equation);
        graph.outputs().forEach(output -> batching.output(output, becomesBatched.test(output)));
        return batching.builder.build();
    }

    /// @param values for each value of the graph of one example its value in the new graph
    private record Batching(Builder builder, Dim batch, Map<Value, Value> values) {

        void input(Graph.Input input, boolean isBatched) {
            Value value = input.value();
            TensorType type = isBatched ? value.type().withShape(value.shape().prepend(batch)) : value.type();
            builder.at(value.span(), value.hint());
            values.put(value, builder.input(input.name(), input.role(), type));
        }

        void equation(Equation equation) {
            Value first = equation.results().getFirst();
            builder.at(first.span(), first.hint());
            List<Value> operands = equation.operands().stream().map(values::get).toList();
            List<Boolean> batched = equation.operands().stream().map(this::isBatched).toList();
            boolean differs = batched.contains(true) || seesExample(equation.op());
            List<Value> results = differs
                    ? equation.op().batch(builder, batch, operands, batched)
                    : builder.addAll(equation.op(), operands);
            for (int i = 0; i < results.size(); i++) {
                values.put(equation.results().get(i), results.get(i));
            }
        }

        void output(Graph.Output output, boolean becomesBatched) {
            Value value = values.get(output.value());
            boolean isBatched = isBatched(output.value());
            if (isBatched && !becomesBatched) {
                throw new ShapeException("the output " + output.name() + " must be the same for all examples");
            }
            builder.at(output.value().span(), output.value().hint());
            builder.output(output.name(), output.role(), becomesBatched ? builder.batched(batch, value, isBatched) : value);
        }

        private boolean isBatched(Value value) {
            return !values.get(value).shape().equals(value.shape());
        }
    }

    /// Whether an operation is another one for a batch even if no operand depends on the example.
    private static boolean seesExample(Op op) {
        List<Op> inside = new ArrayList<>(List.of(op));
        if (op instanceof Scan scan) {
            scan.body().equations().forEach(equation -> inside.add(equation.op()));
        }
        return inside.stream().anyMatch(each -> each instanceof RandomUniform || each instanceof BatchSum);
    }
}
