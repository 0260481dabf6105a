package nnet.compiler.lower;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nnet.compiler.fuse.Cluster;
import nnet.compiler.fuse.Fused;
import nnet.compiler.fuse.Need;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Value;
import nnet.compiler.tensor.Window;

/// Which values may be written over by a kernel that needs them last: inputs by the outputs that replace them, and what is intermediate by anything.
///
/// A kernel of the kind FLAT reads all that it needs at an index before it writes there, and no iteration but the one that writes an element reads it. So its
/// result may take the place of an operand of the same size that every one of its roots needs element by element, in any order and on any number of threads.
final class Overwriting {

    private final Fused fused;
    private final Map<Value, Equation> definitions;
    /// The cluster that computes a value, and the last one that needs it, by their numbers.
    private final Map<Value, Integer> writers = new HashMap<>();
    private final Map<Value, Integer> lastReaders = new HashMap<>();
    private final Set<Value> outputs;
    private final Set<Value> taken = new HashSet<>();

    Overwriting(Fused fused) {
        this.fused = fused;
        definitions = fused.definitions();
        for (int number = 0; number < fused.clusters().size(); number++) {
            for (Value root : fused.clusters().get(number).roots()) {
                writers.put(root, number);
                for (Need need : fused.needs().get(root)) {
                    lastReaders.put(need.root(), number);
                }
            }
        }
        outputs = fused.graph().outputs().stream().map(Graph.Output::value).collect(Collectors.toSet());
    }

    /// Whether an output may be written straight over an input: whoever needs the input has read it by then.
    boolean mayReplace(Value input, Value output) {
        int writer = writers.getOrDefault(output, Integer.MAX_VALUE);
        int reader = lastReaders.getOrDefault(input, -1);
        return reader < writer || reader == writer && readsInStep(fused.clusters().get(writer), input);
    }

    /// A value that lies in memory of its own, and whose place a result of the cluster may take. No two results get the same.
    Optional<Value> by(Cluster cluster, Value result, Set<Value> own) {
        int writer = writers.get(result);
        Optional<Value> chosen = cluster.roots().stream().flatMap(root -> fused.needs().get(root).stream()).map(Need::root)
                .filter(operand -> own.contains(operand) && !taken.contains(operand) && !outputs.contains(operand)
                        && operand.type().equals(result.type()) && result.type().element().isFloating()
                        && lastReaders.get(operand) == writer && readsInStep(cluster, operand))
                .findFirst();
        chosen.ifPresent(taken::add);
        return chosen;
    }

    /// Whether an element of the operand is read only where the same element of the results is computed, and before any is written.
    private boolean readsInStep(Cluster cluster, Value operand) {
        return (cluster.kind() == Cluster.Kind.FLAT || isProductBeside(cluster, operand)) && cluster.roots().stream()
                .allMatch(root -> fused.needs().get(root).stream().allMatch(need -> !need.root().equals(operand) || need.isAligned(root)));
    }

    /// Whether the cluster is a matrix product that does not need the operand, so that only what follows it does: the sum of a residual block.
    private boolean isProductBeside(Cluster cluster, Value operand) {
        Value product = cluster.roots().getFirst();
        return cluster.kind() == Cluster.Kind.CONTRACTION
                && fused.needs().get(product).stream().noneMatch(need -> need.root().equals(operand))
                && definitions.get(product).operands().stream().noneMatch(this::isWindow);
    }

    private boolean isWindow(Value value) {
        return definitions.get(value) instanceof Equation equation && equation.op() instanceof Window;
    }
}
