package nnet.compiler.fuse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nnet.compiler.tensor.ArgMax;
import nnet.compiler.tensor.Attention;
import nnet.compiler.tensor.AttentionPullback;
import nnet.compiler.tensor.BatchSum;
import nnet.compiler.tensor.Broadcast;
import nnet.compiler.tensor.Concatenate;
import nnet.compiler.tensor.Constant;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Divide;
import nnet.compiler.tensor.Elementwise;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Gather;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Iota;
import nnet.compiler.tensor.Max;
import nnet.compiler.tensor.Op;
import nnet.compiler.tensor.Orthonormalize;
import nnet.compiler.tensor.Pad;
import nnet.compiler.tensor.Panels;
import nnet.compiler.tensor.Power;
import nnet.compiler.tensor.RandomUniform;
import nnet.compiler.tensor.Remainder;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.Reverse;
import nnet.compiler.tensor.Scan;
import nnet.compiler.tensor.ScatterAdd;
import nnet.compiler.tensor.Size;
import nnet.compiler.tensor.Slice;
import nnet.compiler.tensor.Sqrt;
import nnet.compiler.tensor.StopGradient;
import nnet.compiler.tensor.Sum;
import nnet.compiler.tensor.Transpose;
import nnet.compiler.tensor.Value;
import nnet.compiler.tensor.Window;
import nnet.compiler.type.Dim;

/// Decides which values are computed once ("roots") and which are computed again wherever they are used. A root may still never reach memory: that depends
/// on which cluster its users end up in.
final class Roots {

    /// Computing a value with several users again pays up to about this many additions: a load and a store cost as much.
    private static final int CHEAP = 8;

    private final Map<Value, Equation> definitions = new HashMap<>();
    private final Map<Value, List<Equation>> users = new HashMap<>();
    private final Map<Value, Integer> costs = new HashMap<>();
    private final Set<Value> outputs = new HashSet<>();
    private final Set<Value> live = new HashSet<>();
    private final Set<Value> roots = new LinkedHashSet<>();
    private final Set<Value> early = new HashSet<>();

    private Roots() {}

    static Roots of(Graph graph) {
        Roots analysis = new Roots();
        graph.outputs().forEach(output -> analysis.outputs.add(output.value()));
        analysis.live.addAll(analysis.outputs);
        for (Equation equation : graph.equations().reversed()) {
            if (equation.results().stream().anyMatch(analysis.live::contains)) {
                analysis.live.addAll(equation.operands());
                for (Value operand : new HashSet<>(equation.operands())) {
                    analysis.users.computeIfAbsent(operand, _ -> new ArrayList<>()).add(equation);
                }
            }
            equation.results().forEach(result -> analysis.definitions.put(result, equation));
        }
        Set<Value> anchors = analysis.anchors(graph);
        Slopes slopes = new Slopes(graph, analysis.users, analysis.outputs);
        for (Equation equation : graph.equations()) {
            for (Value result : equation.results()) {
                if (analysis.live.contains(result) && analysis.isRoot(equation, result, anchors)) {
                    analysis.roots.add(result);
                } else if (analysis.live.contains(result) && slopes.waits(result, analysis.roots)) {
                    analysis.roots.add(result);
                    analysis.early.add(result);
                } else {
                    analysis.costs.put(result, analysis.cost(equation));
                }
            }
        }
        return analysis;
    }

    /// In the order of the graph.
    Set<Value> all() {
        return roots;
    }

    /// Those to be computed where their operands are, however long before they are used.
    Set<Value> early() {
        return early;
    }

    /// What operations read from memory through strides: their operands below the movements that strides express.
    private Set<Value> anchors(Graph graph) {
        Set<Value> anchors = new HashSet<>();
        for (Equation equation : graph.equations()) {
            if (equation.op() instanceof Scan) {
                // Its steps find the elements of sequences one after the other.
                anchors.addAll(equation.operands());
            } else if (equation.op() instanceof Window window && !window.tapped() && window.taps() > 1) {
                // Windows that overlap look at each element several times.
                anchors.add(anchor(equation.operands().getFirst()));
            } else if (!isMap(equation) && !isReduction(equation.op())) {
                equation.operands().forEach(operand -> anchors.add(anchor(operand)));
            }
        }
        return anchors;
    }

    private Value anchor(Value value) {
        Optional<Value> panels = Panels.of(definitions::get, value);
        if (panels.isPresent()) {
            return panels.get();
        }
        Equation equation = definitions.get(value);
        return switch (equation == null ? null : equation.op()) {
            case Broadcast _,Transpose _,Slice _,StopGradient _,Window _ -> anchor(equation.operands().getFirst());
            case Reshape _ -> {
                if (splitsOnly(equation)) {
                    yield anchor(equation.operands().getFirst());
                }
                Value below = belowReshapes(value);
                Equation definition = definitions.get(below);
                yield definition == null || !(definition.op() instanceof Broadcast || definition.op() instanceof Transpose
                        || definition.op() instanceof Slice) ? below : value;
            }
            case null -> value;
            case Elementwise _,Constant _,Iota _,Size _,RandomUniform _,Pad _,Concatenate _,Reverse _,Gather _,ScatterAdd _ -> value;
            case Sum _,BatchSum _,Max _,ArgMax _,Contraction _,Attention _,AttentionPullback _,Orthonormalize _,Scan _ -> value;
        };
    }

    /// Whether each axis of the result is an axis of the operand or a part of one (heads of a width): then strides express it, whatever is below.
    private static boolean splitsOnly(Equation reshape) {
        List<Dim> parts = reshape.results().getFirst().shape().dims();
        int part = 0;
        for (Dim whole : reshape.operands().getFirst().shape().dims()) {
            Dim product = Dim.ONE;
            while (part < parts.size() && !product.equals(whole)) {
                product = product.times(parts.get(part++));
            }
            if (!product.equals(whole)) {
                return false;
            }
        }
        return part == parts.size();
    }

    private Value belowReshapes(Value value) {
        Equation equation = definitions.get(value);
        return equation != null && (equation.op() instanceof Reshape || equation.op() instanceof StopGradient)
                ? belowReshapes(equation.operands().getFirst())
                : value;
    }

    private boolean isRoot(Equation equation, Value value, Set<Value> anchors) {
        if (!isMap(equation) || outputs.contains(value) || anchors.contains(value)) {
            return true;
        }
        if (value.shape().rank() == 0 || isMovement(equation.op()) || equation.op() instanceof Window) {
            return false;
        }
        int uses = uses(value);
        boolean expensive = cost(equation) > CHEAP;
        return expensive && (uses > 1 || isSummedOneByOne(value)) || uses > 1 && replacesOperand(equation, value);
    }

    /// Uses of the value, also through movements.
    private int uses(Value value) {
        return users.getOrDefault(value, List.of()).stream()
                .mapToInt(
                        user -> isMovement(user.op()) && !outputs.contains(user.results().getFirst()) ? uses(user.results().getFirst()) : 1)
                .sum();
    }

    /// A sum in sequence would compute its operand one element at a time; computed before, it is computed in vectors.
    private boolean isSummedOneByOne(Value value) {
        return users.getOrDefault(value, List.of()).stream()
                .anyMatch(user -> user.op() instanceof Sum sum && sum.axes().contains(value.shape().rank() - 1));
    }

    /// Whether memory for this value takes the place of memory for an operand, which nobody else needs (a product before its bias is added).
    private boolean replacesOperand(Equation equation, Value value) {
        return equation.operands().stream().anyMatch(operand -> roots.contains(operand) && operand.shape().equals(value.shape())
                && !outputs.contains(operand) && users.get(operand).size() == 1);
    }

    private int cost(Equation equation) {
        int own = cost(equation.op());
        for (Value operand : equation.operands()) {
            int below = operand.shape().rank() == 0 ? 0 : costs.getOrDefault(operand, 0);
            own += equation.op() instanceof Broadcast ? below / 8 : below;
        }
        return own;
    }

    /// In additions, roughly.
    private static int cost(Op op) {
        return switch (op) {
            case Power _ -> 50;
            case Elementwise map when map.isFunction() -> 20;
            case RandomUniform _ -> 80;
            case Divide _,Sqrt _,Remainder _ -> 4;
            case Gather _,Pad _,Concatenate _,Window _ -> 4;
            case Constant _,Broadcast _,Reshape _,Transpose _,Slice _,Reverse _,StopGradient _ -> 0;
            case Elementwise _,Iota _,Size _,Sum _,BatchSum _,Max _,ArgMax _,ScatterAdd _ -> 1;
            case Contraction _,Attention _,AttentionPullback _,Orthonormalize _,Scan _ -> 1;
        };
    }

    static boolean isMovement(Op op) {
        return op instanceof Broadcast || op instanceof Reshape || op instanceof Transpose || op instanceof Slice || op instanceof Reverse
                || op instanceof StopGradient;
    }

    static boolean isReduction(Op op) {
        return op instanceof Sum || op instanceof Max || op instanceof ArgMax;
    }

    /// Whether an element of the result is a function of its index and of a few elements of the operands.
    static boolean isMap(Equation equation) {
        return switch (equation.op()) {
            case Elementwise _ -> true;
            case Sum _,Max _,ArgMax _,Contraction _,Attention _,AttentionPullback _,Orthonormalize _,Scan _ -> false;
            case ScatterAdd scatter -> equation.operands().getLast().shape().rank() == scatter.batchAxes();
            case Constant _,Iota _,Size _,RandomUniform _,BatchSum _,Gather _ -> true;
            case Broadcast _,Reshape _,Transpose _,Slice _,Pad _,Concatenate _,Reverse _,StopGradient _,Window _ -> true;
        };
    }
}
