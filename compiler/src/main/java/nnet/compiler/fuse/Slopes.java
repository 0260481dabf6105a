package nnet.compiler.fuse;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nnet.compiler.tensor.Constant;
import nnet.compiler.tensor.Elementwise;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Multiply;
import nnet.compiler.tensor.Value;

/// Finds slopes that are better computed on the way forward, where all that they are made of is at hand: the slope of `gelu` is made of its argument and of an
/// error function, and if it waits for its cotangent, it is kept instead of both.
final class Slopes {

    private final Map<Value, Equation> definitions = new HashMap<>();
    private final Map<Value, Integer> positions = new HashMap<>();
    private final Map<Value, List<Equation>> users;
    private final Set<Value> outputs;

    Slopes(Graph graph, Map<Value, List<Equation>> users, Set<Value> outputs) {
        this.users = users;
        this.outputs = outputs;
        int position = 0;
        for (Equation equation : graph.equations()) {
            for (Value result : equation.results()) {
                definitions.put(result, equation);
                positions.put(result, position);
            }
            position++;
        }
    }

    /// Whether a value waits for the other factor of the one product that it is for, and would be kept instead of at least two others.
    ///
    /// @param roots those before the value
    boolean waits(Value value, Set<Value> roots) {
        List<Equation> uses = users.getOrDefault(value, List.of());
        if (uses.size() != 1 || !(uses.getFirst().op() instanceof Multiply)) {
            return false;
        }
        int late = uses.getFirst().operands().stream().filter(operand -> !operand.equals(value))
                .mapToInt(operand -> positions.getOrDefault(operand, -1)).max().orElse(-1);
        Set<Value> parts = new HashSet<>();
        Set<Value> kept = new HashSet<>();
        return takeApart(value, roots, parts, kept) && kept.stream().filter(root -> isDoneBefore(late, root, value, parts)).count() >= 2;
    }

    /// Collects what is computed for the value, and the roots below.
    ///
    /// @return whether it is made of nothing else
    private boolean takeApart(Value value, Set<Value> roots, Set<Value> parts, Set<Value> kept) {
        Equation equation = definitions.get(value);
        if (equation == null) {
            return false;
        }
        if (roots.contains(value)) {
            kept.add(value);
            return true;
        }
        boolean isMade = equation.op() instanceof Constant || equation.op() instanceof Elementwise;
        return isMade && (!parts.add(value) || equation.operands().stream().allMatch(operand -> takeApart(operand, roots, parts, kept)));
    }

    /// Whether a root, and what is computed from it for the slope, serves nobody else as late as that.
    private boolean isDoneBefore(int late, Value value, Value slope, Set<Value> parts) {
        return value.equals(slope) || !outputs.contains(value) && users.getOrDefault(value, List.of()).stream()
                .map(user -> user.results().getFirst())
                .allMatch(result -> parts.contains(result) ? isDoneBefore(late, result, slope, parts) : positions.get(result) < late);
    }
}
