package nnet.compiler.optimise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nnet.compiler.tensor.Builder;
import nnet.compiler.tensor.DeadCode;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Scan;
import nnet.compiler.tensor.Value;

/// Moves work out of the steps of scans. What depends on no carried value is computed for all steps at once, before the scan (the projection of the input of a
/// recurrent layer becomes one matrix product); what no carried value depends on is computed for all steps at once, after it (the gradients of its weights).
/// Only what is worth memory for all steps moves: products and reductions. What nobody needs disappears.
final class ScanMotion {

    private final Builder builder;
    private final boolean lays;
    private final Map<Value, Value> values = new HashMap<>();
    private final Map<Value, Equation> definitions = new HashMap<>();

    private ScanMotion(Builder builder, boolean lays) {
        this.builder = builder;
        this.lays = lays;
    }

    /// @param lays whether matrices are laid out as the steps read them: after differentiation, which would pull the layout back
    static Graph apply(Graph graph, boolean lays) {
        if (graph.equations().stream().noneMatch(equation -> equation.op() instanceof Scan)) {
            return graph;
        }
        ScanMotion motion = new ScanMotion(new Builder(graph.name()), lays);
        Set<Value> used = used(graph);
        for (Graph.Input input : graph.inputs()) {
            motion.builder.at(input.value().span(), input.value().hint());
            motion.values.put(input.value(), motion.builder.input(input.name(), input.role(), input.value().type()));
        }
        graph.equations().forEach(equation -> motion.equation(equation, used));
        graph.outputs().forEach(output -> motion.builder.output(output.name(), output.role(), motion.values.get(output.value())));
        return DeadCode.remove(motion.builder.build());
    }

    private static Set<Value> used(Graph graph) {
        Set<Value> used = new HashSet<>();
        graph.outputs().forEach(output -> used.add(output.value()));
        for (Equation equation : graph.equations().reversed()) {
            if (equation.results().stream().anyMatch(used::contains)) {
                used.addAll(equation.operands());
            }
        }
        return used;
    }

    private void equation(Equation equation, Set<Value> used) {
        List<Value> operands = equation.operands().stream().map(values::get).toList();
        Value first = equation.results().getFirst();
        builder.at(first.span(), first.hint());
        if (equation.op() instanceof Scan scan) {
            List<Value> live = equation.results().stream().filter(used::contains).toList();
            if (!live.isEmpty()) {
                Scan inside = new Scan(apply(scan.body(), lays), scan.carries(), scan.sequences(), scan.reverse());
                values.putAll(MovedScan.build(builder, definitions, new Equation(equation.results(), inside, operands), live, lays));
            }
            return;
        }
        List<Value> results = builder.addAll(equation.op(), operands);
        List<Value> all = new ArrayList<>(results);
        all.forEach(result -> definitions.put(result, new Equation(results, equation.op(), operands)));
        for (int i = 0; i < results.size(); i++) {
            values.put(equation.results().get(i), results.get(i));
        }
    }
}
