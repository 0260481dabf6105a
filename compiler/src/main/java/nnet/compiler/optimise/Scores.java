package nnet.compiler.optimise;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnet.compiler.tensor.And;
import nnet.compiler.tensor.Attention;
import nnet.compiler.tensor.Broadcast;
import nnet.compiler.tensor.Compare;
import nnet.compiler.tensor.Constant;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Divide;
import nnet.compiler.tensor.Iota;
import nnet.compiler.tensor.Multiply;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.Select;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// Scores of an attention: a scaled product of queries and keys, some of it not seen. Axes are those of the scores.
final class Scores {

    /// Stands for the axis that is summed over.
    static final int FEATURE = -1;
    /// What a network writes in place of scores that shall not count is this or less.
    private static final double UNSEEN = -1e9;

    private final Rewriter r;
    private final Value whole;
    private final int keys;
    private double scale = 1;
    private Optional<Along> mask = Optional.empty();
    private Optional<Along> first = Optional.empty();
    private Optional<Integer> queries = Optional.empty();
    private Value product;

    /// A value and the axes of the scores that it runs along.
    record Along(Value value, List<Integer> axes) {
    }

    private Scores(Rewriter r, Value whole, int keys) {
        this.r = r;
        this.whole = whole;
        this.keys = keys;
    }

    /// @param keys the axis of keys
    static Optional<Scores> of(Rewriter r, Value scores, int keys) {
        Scores found = new Scores(r, scores, keys);
        return found.peel(scores) && found.isProduct() ? Optional.of(found) : Optional.empty();
    }

    private boolean peel(Value y) {
        if (r.is(y, Select.class)) {
            OptionalDouble unseen = r.constant(r.operand(y, 2));
            return unseen.isPresent() && unseen.getAsDouble() <= UNSEEN && condition(along(r.operand(y, 0))) && peel(r.operand(y, 1));
        }
        if (r.is(y, Multiply.class) || r.is(y, Divide.class)) {
            double factor = r.constant(r.operand(y, 1)).orElse(0);
            scale *= r.is(y, Divide.class) ? 1 / factor : factor;
            return factor > 0 && peel(r.operand(y, 0));
        }
        product = y;
        return true;
    }

    /// A value below what repeats it.
    private Along along(Value y) {
        return along(y, IntStream.range(0, y.shape().rank()).boxed().toList());
    }

    private Along along(Value y, List<Integer> axes) {
        return r.as(y, Broadcast.class)
                .map(repeated -> along(r.operand(y, 0), repeated.axes().stream().map(axes::get).toList()))
                .orElse(new Along(y, axes));
    }

    /// A condition under which a score is seen: that a query stands behind a key, that a key is there, or both.
    private boolean condition(Along seen) {
        Value y = seen.value;
        if (r.is(y, And.class)) {
            return condition(along(r.operand(y, 0), seen.axes)) && condition(along(r.operand(y, 1), seen.axes));
        }
        Optional<Compare.Relation> relation = r.as(y, Compare.class).map(Compare::relation);
        if (relation.filter(found -> found == Compare.Relation.GREATER_EQUAL).isPresent()
                && isCounter(along(r.operand(y, 1), seen.axes), keys)) {
            return causal(along(r.operand(y, 0), seen.axes));
        }
        if (relation.filter(found -> found == Compare.Relation.LESS_EQUAL).isPresent()
                && isCounter(along(r.operand(y, 0), seen.axes), keys)) {
            return causal(along(r.operand(y, 1), seen.axes));
        }
        if (mask.isPresent()) {
            return false;
        }
        mask = Optional.of(seen);
        return true;
    }

    private boolean isCounter(Along counter, int axis) {
        return r.is(counter.value, Iota.class) && counter.value.type().element() == ElementType.I32 && counter.axes.equals(List.of(axis));
    }

    /// Keys are compared with the positions of queries, or with the position of the only one.
    private boolean causal(Along positions) {
        if (first.isPresent() || positions.value.type().element() != ElementType.I32) {
            return false;
        }
        boolean counts = positions.axes.size() == 1 && isCounter(positions, positions.axes.getFirst()) && positions.axes.getFirst() != keys;
        if (counts) {
            queries = Optional.of(positions.axes.getFirst());
            Value zero = r.add(new Constant(new TensorType(ElementType.I32, new Shape(List.of())), 0));
            first = Optional.of(new Along(zero, List.of()));
        } else if (!positions.axes.contains(keys)) {
            queries = IntStream.range(0, whole.shape().rank()).boxed()
                    .filter(axis -> axis != keys && whole.shape().dim(axis).equals(Dim.ONE) && !positions.axes.contains(axis)).findFirst();
            first = Optional.of(positions);
        }
        return first.isPresent() && queries.isPresent();
    }

    private boolean isProduct() {
        Optional<Contraction> found = contraction();
        return found.isPresent() && found.get().summed().size() == 1 && places().isPresent()
                && both(found.get()).stream().allMatch(labels -> labels.contains(found.get().summed().getFirst()))
                && both(found.get()).stream().filter(labels -> labels.contains(keyLabel())).count() == 1
                && keyLabel() >= 0 && features().isFixed() && features().size() <= Attention.MOST_FEATURES;
    }

    private static List<List<Integer>> both(Contraction contraction) {
        return List.of(contraction.left(), contraction.right());
    }

    private Value made() {
        return r.is(product, Reshape.class) ? r.operand(product, 0) : product;
    }

    private Optional<Contraction> contraction() {
        return r.as(made(), Contraction.class);
    }

    /// For each axis of the scores the label that the product has for it; -1 for axes of size 1 that a reshape has put in.
    private Optional<List<Integer>> places() {
        List<Integer> labels = contraction().orElseThrow().result();
        List<Integer> result = new ArrayList<>();
        int next = 0;
        for (Dim dim : whole.shape().dims()) {
            boolean same = next < labels.size() && made().shape().dim(next).equals(dim);
            if (!same && !dim.equals(Dim.ONE)) {
                return Optional.empty();
            }
            result.add(same ? labels.get(next++) : -1);
        }
        return next == labels.size() ? Optional.of(result) : Optional.empty();
    }

    private int keyLabel() {
        return places().orElseThrow().get(keys);
    }

    private int keySide() {
        return contraction().orElseThrow().left().contains(keyLabel()) ? 0 : 1;
    }

    private Dim features() {
        Contraction contraction = contraction().orElseThrow();
        return r.operand(made(), 0).shape().dim(contraction.left().indexOf(contraction.summed().getFirst()));
    }

    private List<Integer> axes(int side) {
        Contraction contraction = contraction().orElseThrow();
        List<Integer> places = places().orElseThrow();
        return both(contraction).get(side).stream().map(label -> contraction.summed().contains(label) ? FEATURE : places.indexOf(label))
                .toList();
    }

    private List<Integer> missing() {
        List<Integer> places = places().orElseThrow();
        return IntStream.range(0, places.size()).boxed().filter(axis -> places.get(axis) < 0).toList();
    }

    Shape shape() {
        return whole.shape();
    }

    double scale() {
        return scale;
    }

    /// Which keys are there.
    Optional<Along> mask() {
        return mask;
    }

    /// The position of the first query, if queries see no later keys.
    Optional<Along> first() {
        return first;
    }

    /// The axis of queries, where positions tell.
    Optional<Integer> queries() {
        return queries;
    }

    Value key() {
        return r.operand(made(), keySide());
    }

    List<Integer> keyLabels() {
        return axes(keySide());
    }

    /// The queries, with the axes of size 1 that the product had not.
    Value query() {
        Value query = r.operand(made(), 1 - keySide());
        List<Dim> dims = Stream.concat(Collections.nCopies(missing().size(), Dim.ONE).stream(), query.shape().dims().stream()).toList();
        return missing().isEmpty() ? query : r.add(new Reshape(new Shape(dims)), query);
    }

    List<Integer> queryLabels() {
        return Stream.concat(missing().stream(), axes(1 - keySide()).stream()).toList();
    }
}
