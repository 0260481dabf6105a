package nnet.compiler.optimise;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import nnet.compiler.tensor.ArgMax;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Gather;
import nnet.compiler.tensor.Max;
import nnet.compiler.tensor.Op;
import nnet.compiler.tensor.Scan;
import nnet.compiler.tensor.ScatterAdd;
import nnet.compiler.tensor.Sum;
import nnet.compiler.tensor.Value;

/// What moves out of the steps of a scan to before the first of them.
final class BeforeScan {

    private BeforeScan() {}

    /// Computes before the scan what depends on nothing that is carried and is heavy, and for that what it depends on.
    static void hoist(StepBody body) {
        Set<Value> free = new HashSet<>(body.outer.keySet());
        List<Equation> movable = new ArrayList<>();
        for (Equation equation : body.equations) {
            if (free.containsAll(equation.operands())) {
                free.addAll(equation.results());
                movable.add(equation);
            }
        }
        Set<Value> wanted = new HashSet<>();
        for (Equation equation : movable.reversed()) {
            if (moves(body, equation) || equation.results().stream().anyMatch(wanted::contains)) {
                wanted.addAll(equation.results());
                wanted.addAll(equation.operands());
            }
        }
        for (Equation equation : movable) {
            if (wanted.containsAll(equation.results())) {
                body.computeOutside(equation);
            }
            // What is cheap is rather computed again in each step than kept for all of them.
            if (moves(body, equation)) {
                body.equations.remove(equation);
                (body.steady.contains(equation.results().getFirst()) ? body.constants : body.sequences).addAll(equation.results());
            }
        }
    }

    private static boolean moves(StepBody body, Equation equation) {
        return isHeavy(equation.op()) || body.carries.isEmpty();
    }

    private static boolean isHeavy(Op op) {
        return op instanceof Contraction || op instanceof Sum || op instanceof Max || op instanceof ArgMax || op instanceof Gather
                || op instanceof ScatterAdd || op instanceof Scan;
    }

    /// A matrix that every step multiplies by is laid out once before the scan as the steps read it.
    static void turn(StepBody body) {
        for (Equation equation : List.copyOf(body.equations)) {
            if (equation.op() instanceof Contraction product && Layout.of(product, equation.operands()).isPresent()
                    && body.constants.contains(equation.operands().get(1))) {
                Layout layout = Layout.of(product, equation.operands()).get();
                Value matrix = equation.operands().get(1);
                Value laid = layout.matrix(body.builder, body.outer.get(matrix));
                Value inside = new Value(body.fresh(), laid.type(), matrix.hint(), matrix.span());
                body.outer.put(inside, laid);
                body.constants.add(inside);
                body.steady.add(inside);
                int at = body.equations.indexOf(equation);
                body.equations.remove(at);
                body.equations.addAll(at, layout.product(equation, inside, body.fresh()));
            }
        }
    }
}
