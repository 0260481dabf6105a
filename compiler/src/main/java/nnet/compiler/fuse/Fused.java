package nnet.compiler.fuse;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Value;

/// A graph and its partition into clusters, in the order of their execution.
///
/// @param needs for each value the roots and inputs that it is made of
public record Fused(Graph graph, List<Cluster> clusters, Map<Value, Set<Need>> needs) {

    public Fused {
        clusters = List.copyOf(clusters);
        needs = Map.copyOf(needs);
    }

    /// The equation of each value that is not an input.
    public Map<Value, Equation> definitions() {
        Map<Value, Equation> result = new HashMap<>();
        graph.equations().forEach(equation -> equation.results().forEach(value -> result.put(value, equation)));
        return result;
    }

    /// A line for each cluster: its kind, rows, and the roots with their operations; `*` marks what is stored.
    public String print() {
        Map<Value, Equation> definitions = definitions();
        return clusters.stream()
                .map(cluster -> cluster.kind().name().toLowerCase(Locale.ROOT) + " " + cluster.rows() + ": "
                        + cluster.roots().stream()
                                .map(root -> root + (cluster.stored().contains(root) ? "*" : "") + " = "
                                        + definitions.get(root).op().mnemonic())
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("\n"));
    }
}
