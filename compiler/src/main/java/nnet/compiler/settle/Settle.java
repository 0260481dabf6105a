package nnet.compiler.settle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.tensor.Builder;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.tensor.Op;
import nnet.compiler.tensor.Value;

/// Divides the programs that predict by binding time: what depends on parameters and states alone goes to the program `settle`, which runs once for each set of weights,
/// and whose results are inputs of the others. So the factors of a normalisation are computed once, and the matrices of products are laid out once, in panels.
///
/// Appears: `settle`, the role `SETTLED`, `Panels`. Disappears: what would be computed again in each prediction. Relies on graphs that nothing rewrites any more.
public final class Settle {

    public static final String PROGRAM = "settle";

    private record Computed(Op op, List<Value> operands) {
    }

    private record Laid(Value value, List<Integer> axes, int width) {
    }

    private final Builder builder = new Builder(PROGRAM);
    /// Inputs of `settle`: a weight is the same for all programs.
    private final Map<String, Value> weights = new HashMap<>();
    private final Map<Computed, List<Value>> computed = new HashMap<>();
    private final Map<Laid, Value> laid = new HashMap<>();
    /// What other programs read, and its name.
    private final Map<Value, String> names = new HashMap<>();

    /// A program without what is settled. Programs that ask for the same get the same.
    public Graph predict(Graph graph) {
        return new Remainder(this, graph).build();
    }

    /// The program that computes what the others ask for, if they do.
    public Optional<Graph> program() {
        return names.isEmpty() ? Optional.empty() : Optional.of(builder.build());
    }

    /// A parameter or a state.
    Value weight(Graph.Input input) {
        Value value = input.value();
        return weights.computeIfAbsent(input.role() + " " + input.name(),
                _ -> builder.at(value.span(), value.hint()).input(input.name(), input.role(), value.type()));
    }

    List<Value> compute(Equation equation, List<Value> operands) {
        Value first = equation.results().getFirst();
        return computed.computeIfAbsent(new Computed(equation.op(), operands), key -> {
            builder.at(first.span(), first.hint());
            return builder.addAll(key.op, new ArrayList<>(operands));
        });
    }

    /// A factor in panels.
    Value lay(Factor factor, Value value) {
        return laid.computeIfAbsent(new Laid(value, factor.axes(), factor.width()),
                key -> Factor.lay(builder.at(value.span(), value.hint()), key.axes, key.width, value));
    }

    /// The name under which other programs find a value of this one.
    String name(Value value) {
        return names.computeIfAbsent(value, _ -> {
            String name = "settled." + names.size();
            builder.output(name, Role.SETTLED, value);
            return name;
        });
    }
}
