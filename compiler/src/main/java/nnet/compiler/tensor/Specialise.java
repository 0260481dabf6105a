package nnet.compiler.tensor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import nnet.compiler.type.Dim;

/// Fixes dimensions that are symbols. Disappears: those symbols, from all types and attributes.
public final class Specialise {

    private Specialise() {
    }

    /// The graph with every symbol of `sizes` replaced by its number.
    public static Graph specialise(Graph graph, Map<String, Integer> sizes) {
        return dims(graph, dim -> fix(dim, sizes));
    }

    static Dim fix(Dim dim, Map<String, Integer> sizes) {
        Dim fixed = Dim.of(dim.factor());
        for (String symbol : dim.symbols()) {
            fixed = fixed.times(sizes.containsKey(symbol) ? Dim.of(sizes.get(symbol)) : Dim.symbol(symbol));
        }
        return fixed;
    }

    static Graph dims(Graph graph, UnaryOperator<Dim> replace) {
        Builder builder = new Builder(graph.name());
        Map<Value, Value> values = new HashMap<>();
        for (Graph.Input input : graph.inputs()) {
            Value value = input.value();
            builder.at(value.span(), value.hint());
            values.put(value,
                    builder.input(input.name(), input.role(), value.type().withShape(Attributes.withDims(value.shape(), replace))));
        }
        for (Equation equation : graph.equations()) {
            Value first = equation.results().getFirst();
            List<Value> operands = new ArrayList<>(equation.operands());
            operands.replaceAll(values::get);
            List<Value> results = builder.at(first.span(), first.hint()).addAll(Attributes.withDims(equation.op(), replace), operands);
            for (int i = 0; i < results.size(); i++) {
                values.put(equation.results().get(i), results.get(i));
            }
        }
        graph.outputs().forEach(output -> builder.output(output.name(), output.role(), values.get(output.value())));
        return builder.build();
    }
}
