package nnet.compiler.fuse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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
/// order), except over windows, which one loop nest takes in the same order; axes of size 1 are dropped by a reshape. `stop_gradient` and `batch_sum` (of a batch of one) disappear, and the first comes back as a copy for
/// an output that is an input or a second name. An output that is a reshape is what it reshapes.
final class Canonical {

    /// Elements of a window, at most: so few that the contract adds them one after the other.
    static final int LARGEST_WINDOW = 31;

    private final Builder builder;
    private final Map<Value, Value> renamed = new HashMap<>();
    /// The operands of reshapes, by their results.
    private final Map<Value, Value> reshaped = new HashMap<>();

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
            Value value = canonical.inMemory(canonical.renamed.get(output.value()), taken);
            canonical.builder.at(value.span(), value.hint());
            Value own = taken.add(value) ? value : canonical.builder.add(new StopGradient(), value);
            canonical.builder.output(output.name(), output.role(), own);
        }
        return canonical.builder.build();
    }

    /// What an output is made of, if it only has another shape: memory knows no shapes, so the gradient of a weight that was used under another shape need not be copied.
    private Value inMemory(Value output, Set<Value> taken) {
        Value below = reshaped.get(output);
        return below == null || taken.contains(output) || taken.contains(below) ? output : inMemory(below, taken);
    }

    private void equation(Equation equation) {
        List<Value> operands = equation.operands().stream().map(renamed::get).toList();
        Value result = equation.results().getFirst();
        builder.at(result.span(), result.hint());
        switch (equation.op()) {
            case StopGradient _,BatchSum _ -> renamed.put(result, operands.getFirst());
            case Sum sum -> renamed.put(result, reduce(operands.getFirst(), sum.axes(), Sum::new));
            case Max max -> renamed.put(result, reduce(operands.getFirst(), max.axes(), Max::new));
            default -> {
                List<Value> results = builder.addAll(equation.op(), operands);
                if (equation.op() instanceof Reshape) {
                    reshaped.put(results.getFirst(), operands.getFirst());
                }
                for (int i = 0; i < results.size(); i++) {
                    renamed.put(equation.results().get(i), results.get(i));
                }
            }
        }
    }

    private Value reduce(Value operand, List<Integer> axes, Function<List<Integer>, Op> along) {
        Value value = operand;
        List<Integer> rest = axes.stream().sorted(Comparator.reverseOrder()).toList();
        for (int axis : rest.stream().filter(axis -> operand.shape().dim(axis).equals(Dim.ONE)).toList()) {
            value = builder.add(new Reshape(drop(value.shape(), axis)), value);
            rest = rest.stream().filter(other -> other != axis).map(other -> other > axis ? other - 1 : other).toList();
        }
        if (isWindow(value.shape(), rest)) {
            return builder.add(along.apply(rest.reversed()), value);
        }
        for (int axis : rest) {
            value = builder.add(along.apply(List.of(axis)), value);
        }
        return value;
    }

    /// Whether several axes at the end are so small that what they leave should lie side by side in vectors, not what they take: the windows of a pool.
    private static boolean isWindow(Shape shape, List<Integer> descending) {
        int first = shape.rank() - descending.size();
        return descending.size() > 1 && descending.getLast() == first && first > 0 && shape.dims().subList(first, shape.rank()).stream()
                .mapToInt(dim -> dim.isFixed() ? Math.min(dim.size(), LARGEST_WINDOW + 1) : LARGEST_WINDOW + 1)
                .reduce(1, (a, b) -> a * b) <= LARGEST_WINDOW;
    }

    private static Shape drop(Shape shape, int axis) {
        List<Dim> dims = new ArrayList<>(shape.dims());
        dims.remove(axis);
        return new Shape(dims);
    }
}
