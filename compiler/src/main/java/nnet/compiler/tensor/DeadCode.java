package nnet.compiler.tensor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Removes equations whose results nobody uses. Inputs stay: they are the signature of the program.
public final class DeadCode {

    private DeadCode() {
    }

    public static Graph remove(Graph graph) {
        Set<Value> used = new HashSet<>();
        graph.outputs().forEach(output -> used.add(output.value()));
        List<Equation> alive = new ArrayList<>();
        for (Equation equation : graph.equations().reversed()) {
            if (equation.results().stream().anyMatch(used::contains)) {
                used.addAll(equation.operands());
                alive.add(equation);
            }
        }
        return new Graph(graph.name(), graph.inputs(), alive.reversed(), graph.outputs());
    }
}
