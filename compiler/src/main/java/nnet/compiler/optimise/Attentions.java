package nnet.compiler.optimise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import nnet.compiler.tensor.Attention;
import nnet.compiler.tensor.Axes;
import nnet.compiler.tensor.Broadcast;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Divide;
import nnet.compiler.tensor.Exp;
import nnet.compiler.tensor.Max;
import nnet.compiler.tensor.Op;
import nnet.compiler.tensor.StopGradient;
import nnet.compiler.tensor.Subtract;
import nnet.compiler.tensor.Sum;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;

/// softmax(scores) @ values with scores = scale q @ k^T, masked -> attention(q, k, v): the square of scores is never in memory.
final class Attentions {

    /// Keys from which on this pays: below, the square stays in the caches, and products of all heads at once are faster.
    private static final int PAYS = 256;

    private final Rewriter r;
    private final Contraction product;
    /// Labels of the product: of the weights, axis by axis, and of the values.
    private final List<Integer> weights;
    private final List<Integer> values;
    private final Value value;
    private final Softmax softmax;
    private final Scores scores;

    /// @param axis the axis of keys
    private record Softmax(Value scores, int axis) {
    }

    private Attentions(Rewriter r, Contraction product, int side, List<Value> x, Softmax softmax, Scores scores) {
        this.r = r;
        this.product = product;
        this.softmax = softmax;
        this.scores = scores;
        weights = side == 0 ? product.left() : product.right();
        values = side == 0 ? product.right() : product.left();
        value = x.get(1 - side);
    }

    static Optional<Value> found(Rewriter r, Op op, List<Value> x) {
        if (!(op instanceof Contraction product)) {
            return Optional.empty();
        }
        for (int side = 0; side < 2; side++) {
            int chosen = side;
            Optional<Softmax> softmax = softmax(r, x.get(side)).filter(found -> isLong(found.scores.shape().dim(found.axis)));
            Optional<Value> attention = softmax.flatMap(found -> Scores.of(r, found.scores, found.axis)
                    .flatMap(scores -> new Attentions(r, product, chosen, x, found, scores).build()));
            if (attention.isPresent() && r.isUsedOnce(x.get(side))) {
                return attention;
            }
        }
        return Optional.empty();
    }

    private static boolean isLong(Dim keys) {
        return keys.isFixed() && keys.size() >= PAYS;
    }

    /// e^(x - max x) / sum e^(x - max x) along one axis
    private static Optional<Softmax> softmax(Rewriter r, Value y) {
        if (!r.is(y, Divide.class) || !r.is(r.operand(y, 0), Exp.class) || !r.is(r.operand(y, 1), Broadcast.class)) {
            return Optional.empty();
        }
        Value powers = r.operand(y, 0);
        Optional<Sum> sum = r.as(r.operand(r.operand(y, 1), 0), Sum.class)
                .filter(found -> found.axes().size() == 1 && r.operand(r.operand(r.operand(y, 1), 0), 0).equals(powers));
        if (sum.isEmpty() || !runsAlong(r, r.operand(y, 1), sum.get().axes()) || !r.is(r.operand(powers, 0), Subtract.class)) {
            return Optional.empty();
        }
        Value scores = r.operand(r.operand(powers, 0), 0);
        Value shift = r.operand(r.operand(powers, 0), 1);
        return isLargest(r, shift, scores, sum.get().axes())
                ? Optional.of(new Softmax(scores, sum.get().axes().getFirst()))
                : Optional.empty();
    }

    private static boolean runsAlong(Rewriter r, Value repeated, List<Integer> axes) {
        return r.as(repeated, Broadcast.class).orElseThrow().axes().equals(Axes.others(axes, repeated.shape().rank()));
    }

    private static boolean isLargest(Rewriter r, Value shift, Value scores, List<Integer> axes) {
        if (!r.is(shift, Broadcast.class) || !runsAlong(r, shift, axes)) {
            return false;
        }
        Value max = r.is(r.operand(shift, 0), StopGradient.class) ? r.operand(r.operand(shift, 0), 0) : r.operand(shift, 0);
        return r.as(max, Max.class).filter(found -> found.axes().equals(axes) && r.operand(max, 0).equals(scores)).isPresent();
    }

    /// The attention, if all labels have a part in it.
    private Optional<Value> build() {
        int keys = weights.get(softmax.axis);
        List<Integer> own = values.stream().filter(label -> !weights.contains(label)).toList();
        boolean fits = values.contains(keys) && !product.result().contains(keys) && own.size() == 1 && product.result().containsAll(own)
                && weights.stream().allMatch(label -> label == keys || product.result().contains(label));
        Optional<Integer> queries = fits ? queries() : Optional.empty();
        if (queries.isEmpty() || !scores.shape().dim(queries.get()).isFixed()
                || !value.shape().dim(values.indexOf(own.getFirst())).isFixed()) {
            return Optional.empty();
        }
        Map<Integer, Integer> labels = new HashMap<>(
                Map.of(weights.get(queries.get()), Attention.QUERY, keys, Attention.KEY, own.getFirst(), Attention.OUT));
        weights.forEach(label -> labels.putIfAbsent(label, Attention.AROUND + labels.size() - 3));
        Value query = scores.query();
        List<Value> operands = new ArrayList<>(List.of(query, scores.key(), value));
        scores.mask().ifPresent(mask -> operands.add(mask.value()));
        scores.first().ifPresent(first -> operands.add(first.value()));
        Attention attention = new Attention(scores.queryLabels().stream().map(axis -> label(axis, labels)).toList(),
                scores.keyLabels().stream().map(axis -> label(axis, labels)).toList(), values.stream().map(labels::get).toList(),
                product.result().stream().map(labels::get).toList(), around(scores.mask(), labels), scores.scale(),
                scores.first().isPresent(), around(scores.first(), labels));
        return Optional.of(r.addAll(attention, operands).getFirst());
    }

    private int label(int axis, Map<Integer, Integer> labels) {
        return axis == Scores.FEATURE ? Attention.FEATURE : labels.get(weights.get(axis));
    }

    private List<Integer> around(Optional<Scores.Along> along, Map<Integer, Integer> labels) {
        return along.map(found -> found.axes().stream().map(axis -> label(axis, labels)).toList()).orElse(List.of());
    }

    /// The axis of queries: neither keys nor values nor the mask run along it. All axes around must be those of the queries.
    private Optional<Integer> queries() {
        List<Integer> axes = IntStream.range(0, weights.size()).boxed().filter(axis -> axis != softmax.axis).toList();
        if (!scores.queryLabels().containsAll(axes)) {
            return Optional.empty();
        }
        List<Integer> free = axes.stream().filter(axis -> !scores.keyLabels().contains(axis) && !values.contains(weights.get(axis))
                && scores.mask().stream().noneMatch(mask -> mask.axes().contains(axis))).toList();
        return scores.queries().isPresent()
                ? scores.queries().filter(free::contains)
                : free.isEmpty() ? Optional.empty() : Optional.of(free.getLast());
    }
}
