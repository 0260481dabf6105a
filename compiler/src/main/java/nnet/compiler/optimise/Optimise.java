package nnet.compiler.optimise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Exp;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Scan;
import nnet.compiler.tensor.Value;

/// Rewrites a graph to a fixed point. Common sub-expressions and dead code disappear on the way. The lists below are the pass: of the rewrites that apply to an
/// operation, the first one is taken.
public final class Optimise {

    /// Rewrites of a fixed point settle after a few walks; this many means that two of them undo each other: a mistake of ours,
    /// at which tests fail, and users get a graph that is less simple than it could be.
    private static final int LIMIT = 100;

    private static final List<Rewrite> SIMPLIFY = List.of( //
            new Rewrite("fold-constants", "first, since nothing is simpler than a constant", Constants::elementwise),
            new Rewrite("move-constants", "a moved constant is a constant for all rewrites below", Constants::moved),
            new Rewrite("count-constants", "sizes and sums of constants are constants too", Constants::counted),
            new Rewrite("iota-line", "so that counters of different shapes are found equal", Constants::iota),
            new Rewrite("identity-movement", "before other movement, which need not look for it", Movement::identity),
            new Rewrite("window-into-product", "before reduce-one, which hides the sum over a single tap", Windows::intoContraction),
            new Rewrite("single-tap", "after window-into-product, for the same reason", Windows::single),
            new Rewrite("windows-apart", "after single-tap, so that reshapes are the last resort", Windows::apart),
            new Rewrite("unit-label", "after windows-apart, which makes the reshapes", Windows::unitLabel),
            new Rewrite("reduce-one", "before reshapes are merged", Movement::reducedOne),
            new Rewrite("merge-movement", "so that the rewrites below see at most one movement of a kind", Movement::merged),
            new Rewrite("neutral-elements", "before signs, which would turn x * -1 around", Algebra::neutral),
            new Rewrite("undo", "before signs: a sign that cancels need not move", Algebra::undone),
            new Rewrite("signs-outwards", "before the stable forms, which expect sums and differences without signs inside",
                    Algebra::signs),
            new Rewrite("sign-of-difference", "after signs have met", Algebra::signOf),
            new Rewrite("log-quotient", "the stable forms, the most special first; this one finds softmax", Stable::log),
            new Rewrite("log-sigmoid", "before log1p could take 1 - sigmoid apart", Stable::logSigmoid),
            new Rewrite("log-of-moved", "brings a logarithm to its quotient", Stable::logOfMoved),
            new Rewrite("near-one", "after log-sigmoid", Stable::nearOne),
            new Rewrite("sigmoid", "before anything divides by 1 + e^-x in another way", Stable::sigmoid),
            new Rewrite("shift-exponents", "after log-quotient, so that log-softmax is shifted once", Exponentials::shifted),
            new Rewrite("binary-cross-entropy", "after log-sigmoid has made the softplus of both sides", Stable::binaryCrossEntropy),
            new Rewrite("constant-powers", "makes products, for the rewrites below", Powers::constantExponent),
            new Rewrite("powers-of-constants", "after constant-powers, which is exact", Powers::constantBase),
            new Rewrite("compute-then-repeat", "before scales, which look for repeated values", Spread::later),
            new Rewrite("stop-then-move", "so that movement on both sides of it is merged", Spread::laterStop),
            new Rewrite("merge-scales", "after compute-then-repeat: only what is not repeated is left beside a scale", Algebra::scales),
            new Rewrite("common-scale", "after merge-scales, which makes scales equal", Algebra::commonScale),
            new Rewrite("transposed-broadcast", "before contraction labels: then the transpose is gone already",
                    Movement::transposedBroadcast),
            new Rewrite("reshaped-broadcast", "beside transposed-broadcast, for the same reason", Movement::reshapedBroadcast),
            new Rewrite("transpose-into-labels", "a label costs nothing", Movement::intoContraction),
            new Rewrite("transpose-out-of-labels", "the same for the result", Movement::outOfContraction),
            new Rewrite("reduce-then-repeat", "what is repeated is summed once", Movement::reducedBroadcast),
            new Rewrite("gather-then-compute",
                    "after log-of-moved: first the logarithm reaches its quotient, then the quotient shrinks to one element",
                    Movement::gathered),
            new Rewrite("part-of-concatenation", "anywhere", Movement::partOfConcatenation));

    /// Before differentiation only: afterwards it would take the slope y (1 - y) of every sigmoid apart, which costs a second sigmoid and gains nothing.
    private static final List<Rewrite> BEFORE = with(SIMPLIFY, //
            new Rewrite("complement-of-sigmoid", "last, so that log(1 - sigmoid) is seen as such", Stable::complement));

    /// After everything else has settled: each of these hides the form that it replaces from the rewrites above and from differentiation.
    /// Exponents have been shifted, and the mark by which that is seen, the stopped gradient, disappears here.
    private static final List<Rewrite> AFTER = with(SIMPLIFY.stream().filter(rewrite -> !rewrite.name().equals("shift-exponents")).toList(), //
            new Rewrite("stop-gradient", "after differentiation it has done its work", Final::stopGradient),
            new Rewrite("windows-by-phase", "after differentiation: parts put together again have no simple gradient", Phases::apart),
            new Rewrite("sum-of-parts", "after all slices of a tensor have been pulled back", Movement::sumOfParts),
            new Rewrite("common-factor", "after differentiation, which multiplies each way through a function by the same cotangent",
                    Algebra::commonFactor),
            new Rewrite("scatter-to-select", "after sums of scatters have been found", Final::oneHot),
            new Rewrite("binary-cross-entropy-value", "its gradient has been taken from softplus(x) - t x", Final::binaryCrossEntropy),
            new Rewrite("reciprocal", "last: a quotient says more than a product", Final::reciprocal));

    /// After the forms that it is made of have settled, and before differentiation, of which it has a rule of its own.
    private static final List<Rewrite> ATTENTION = List.of(new Rewrite("attention", "alone", Attentions::found));

    private Optimise() {
    }

    /// For graphs that may be differentiated afterwards: simple, and in forms whose gradients are stable.
    public static Graph simplify(Graph graph) {
        return fixedPoint(ScanMotion.apply(attentions(fixedPoint(graph, BEFORE)), false), BEFORE);
    }

    /// For graphs that are lowered next. No `stop_gradient` is left.
    public static Graph optimise(Graph graph) {
        return fixedPoint(ScanMotion.apply(attentions(fixedPoint(graph, SIMPLIFY)), true), AFTER);
    }

    /// One walk is enough: everything has settled, and no attention makes another.
    private static Graph attentions(Graph graph) {
        boolean has = graph.equations().stream().anyMatch(equation -> equation.op() instanceof Exp || equation.op() instanceof Scan);
        return has ? Rewriter.rewrite(graph, ATTENTION, Optimise::attentions) : graph;
    }

    private static Graph fixedPoint(Graph graph, List<Rewrite> rewrites) {
        Graph current = graph;
        for (int i = 0; i < LIMIT; i++) {
            Graph next = Rewriter.rewrite(current, rewrites, body -> fixedPoint(body, rewrites));
            if (numbered(next).equals(numbered(current))) {
                return current;
            }
            current = next;
        }
        assert false : "the rewrites of " + graph.name() + " do not settle";
        return current;
    }

    /// The operations with the positions of their operands in the order of definition: the graph without the numbers that values happen to have.
    private static List<Object> numbered(Graph graph) {
        Map<Value, Integer> numbers = new HashMap<>();
        List<Object> parts = new ArrayList<>();
        graph.inputs().forEach(input -> numbers.put(input.value(), numbers.size()));
        for (Equation equation : graph.equations()) {
            equation.results().forEach(result -> numbers.put(result, numbers.size()));
            parts.add(equation.op());
            equation.operands().forEach(operand -> parts.add(numbers.get(operand)));
        }
        graph.outputs().forEach(output -> parts.add(numbers.get(output.value())));
        return parts;
    }

    private static List<Rewrite> with(List<Rewrite> rewrites, Rewrite... more) {
        List<Rewrite> all = new ArrayList<>(rewrites);
        all.addAll(List.of(more));
        return List.copyOf(all);
    }
}
