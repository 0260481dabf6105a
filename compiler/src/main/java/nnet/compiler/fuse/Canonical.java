package nnet.compiler.fuse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nnet.compiler.tensor.BatchSum;
import nnet.compiler.tensor.Builder;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Max;
import nnet.compiler.tensor.Op;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.StopGradient;
import nnet.compiler.tensor.Sum;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;

/// Brings a graph into the form that fusion expects. Sums and maxima over several axes become one for each axis, the last axis first (this fixes their
/// order); axes of size 1 are dropped by a reshape. `stop_gradient` and `batch_sum` (of a batch of one) disappear, and the first comes back as a copy for
/// an output that is an input or a second name.
final class Canonical {

    private final Builder builder;
    private final Map<Value, Value> renamed = new HashMap<>();

    private Canonical(String name) {
        builder = new Builder(name);
    }

    static Graph of(Graph graph) {
        Canonical canonical = new Canonical(graph.name());
        Set<Value> taken = new HashSet<>();
        for (Graph.Input input : graph.inputs()) {
            canonical.builder.at(input.value().span(), input.value().hint());
            Value value = canonical.builder.input(input.name(), input.role(), input.value().type());
            canonical.renamed.put(input.value(), value);
            taken.add(value);
        }
        graph.equations().forEach(canonical::equation);
        for (Graph.Output output : graph.outputs()) {
            Value value = canonical.renamed.get(output.value());
            canonical.builder.at(value.span(), value.hint());
            Value own = taken.add(value) ? value : canonical.builder.add(new StopGradient(), value);
            canonical.builder.output(output.name(), output.role(), own);
        }
        return canonical.builder.build();
    }

    private void equation(Equation equation) {
        List<Value> operands = equation.operands().stream().map(renamed::get).toList();
        Value result = equation.results().getFirst();
        builder.at(result.span(), result.hint());
        switch (equation.op()) {
            case StopGradient _,BatchSum _ -> renamed.put(result, operands.getFirst());
            case Sum sum -> renamed.put(result, reduce(operands.getFirst(), sum.axes(), axis -> new Sum(List.of(axis))));
            case Max max -> renamed.put(result, reduce(operands.getFirst(), max.axes(), axis -> new Max(List.of(axis))));
            default -> {
                List<Value> results = builder.addAll(equation.op(), operands);
                for (int i = 0; i < results.size(); i++) {
                    renamed.put(equation.results().get(i), results.get(i));
                }
            }
        }
    }

    private Value reduce(Value operand, List<Integer> axes, java.util.function.IntFunction<Op> along) {
        Value value = operand;
        for (int axis : axes.stream().sorted(Comparator.reverseOrder()).toList()) {
            value = value.shape().dim(axis).equals(Dim.ONE)
                    ? builder.add(new Reshape(drop(value.shape(), axis)), value)
                    : builder.add(along.apply(axis), value);
        }
        return value;
    }

    private static Shape drop(Shape shape, int axis) {
        List<Dim> dims = new ArrayList<>(shape.dims());
        dims.remove(axis);
        return new Shape(dims);
    }
}
