package nnet.compiler.settle;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nnet.compiler.tensor.Broadcast;
import nnet.compiler.tensor.Builder;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.tensor.Op;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.Reverse;
import nnet.compiler.tensor.Scan;
import nnet.compiler.tensor.Size;
import nnet.compiler.tensor.Slice;
import nnet.compiler.tensor.StopGradient;
import nnet.compiler.tensor.Transpose;
import nnet.compiler.tensor.Value;
import nnet.compiler.tensor.Window;
import nnet.compiler.type.ElementType;

/// One program without what is settled: it is written from what depends on data, and asks for the rest.
final class Remainder {

    private final Settle settle;
    private final Graph graph;
    private final Builder builder;
    private final Map<Value, Equation> definitions = new HashMap<>();
    private final Map<Value, Graph.Input> inputs = new HashMap<>();
    /// What depends on weights and constants alone, and of these what depends on a weight.
    private final Set<Value> steady = new HashSet<>();
    private final Set<Value> weighted = new HashSet<>();
    /// Values of the graph as values of `settle`, and as values of this program.
    private final Map<Value, Value> settled = new HashMap<>();
    private final Map<Value, Value> renamed = new HashMap<>();
    /// What this program reads, by its name.
    private final Map<String, Value> asked = new HashMap<>();

    Remainder(Settle settle, Graph graph) {
        this.settle = settle;
        this.graph = graph;
        builder = new Builder(graph.name());
    }

    Graph build() {
        for (Graph.Input input : graph.inputs()) {
            inputs.put(input.value(), input);
            builder.at(input.value().span(), input.value().hint());
            renamed.put(input.value(), builder.input(input.name(), input.role(), input.value().type()));
            if (input.role() == Role.PARAMETER || input.role() == Role.STATE) {
                steady.add(input.value());
                weighted.add(input.value());
            }
        }
        graph.equations().forEach(this::equation);
        for (Graph.Output output : graph.outputs()) {
            builder.output(output.name(), output.role(), value(output.value()));
        }
        return builder.build();
    }

    private void equation(Equation equation) {
        equation.results().forEach(result -> definitions.put(result, equation));
        boolean isKnown = equation.results().stream().allMatch(result -> result.shape().isFixed()) && !(equation.op() instanceof Size);
        if (!isKnown || !steady.containsAll(equation.operands())) {
            write(equation);
            return;
        }
        steady.addAll(equation.results());
        if (equation.operands().stream().anyMatch(weighted::contains)) {
            weighted.addAll(equation.results());
        }
    }

    private void write(Equation equation) {
        Optional<Factor> factor = Factor.of(equation, this::isWindows).filter(_ -> weighted.contains(equation.operands().get(1)));
        Value first = equation.results().getFirst();
        List<Value> operands = equation.operands().stream()
                .map(operand -> equation.op() instanceof Scan ? inMemory(operand) : value(operand))
                .toList();
        builder.at(first.span(), first.hint());
        List<Value> results = factor.isPresent() ? multiply(factor.get(), equation) : builder.addAll(equation.op(), operands);
        for (int i = 0; i < results.size(); i++) {
            renamed.put(equation.results().get(i), results.get(i));
        }
    }

    private List<Value> multiply(Factor factor, Equation equation) {
        Value right = equation.operands().get(1);
        Optional<Value> weight = Optional.ofNullable(inputs.get(right)).map(input -> value(input.value()));
        return factor.multiply(builder, value(equation.operands().getFirst()), ask(settle.lay(factor, inSettle(right))), weight,
                right.shape());
    }

    private boolean isWindows(Value value) {
        return definitions.get(value) instanceof Equation equation && equation.op() instanceof Window;
    }

    /// What a scan reads in each step: movement is not done again either.
    private Value inMemory(Value value) {
        return weighted.contains(value) && definitions.containsKey(value) && value.type().element() == ElementType.F32
                ? ask(inSettle(value))
                : value(value);
    }

    /// A value of the graph in this program. Movement costs nothing, so what is settled is what is moved.
    private Value value(Value value) {
        Value known = renamed.get(value);
        if (known == null) {
            Equation equation = definitions.get(value);
            if (weighted.contains(value) && value.type().element() == ElementType.F32 && !isMovement(equation.op())) {
                renamed.put(value, ask(inSettle(value)));
            } else {
                write(equation);
            }
            known = renamed.get(value);
        }
        return known;
    }

    private static boolean isMovement(Op op) {
        return op instanceof Broadcast || op instanceof Reshape || op instanceof Transpose || op instanceof Slice || op instanceof Reverse
                || op instanceof StopGradient;
    }

    private Value ask(Value fromSettle) {
        String name = settle.name(fromSettle);
        return asked.computeIfAbsent(name, _ -> builder.input(name, Role.SETTLED, fromSettle.type()));
    }

    private Value inSettle(Value value) {
        Value known = settled.get(value);
        if (known == null) {
            Equation equation = definitions.get(value);
            if (equation == null) {
                settled.put(value, settle.weight(inputs.get(value)));
            } else {
                List<Value> results = settle.compute(equation, equation.operands().stream().map(this::inSettle).toList());
                for (int i = 0; i < results.size(); i++) {
                    settled.put(equation.results().get(i), results.get(i));
                }
            }
            known = settled.get(value);
        }
        return known;
    }
}
