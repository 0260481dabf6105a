package nnet.compiler.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// softmax(scale q k^T, masked) v without the square of scores: for each query the mean of the values, weighted by how well their keys match. Operands are
/// queries, keys, values, the truth values `mask` (which keys are there) where the list is not empty, and if `causal` the `position` of the first query, `i32`: a
/// query sees keys up to its own position. A score that is not seen is -1e30. Results are the means, and for each query its largest score and the logarithm of
/// the sum of all e^(score - largest), from which the pullback computes the weights again; nothing flows back through these two.
///
/// Each axis carries a label, as in a `Contraction`: `QUERY`, `KEY`, `FEATURE` (of queries and keys), `OUT` (of values), and any others around, which a key, a value or
/// a mask may lack (it is then the same for all).
///
/// The order of computation (Milakov and Gimelshein, "Online normalizer calculation for softmax", 2018; Dao, "FlashAttention-2", 2023): keys in blocks of 64,
/// ascending. For each block scores `fma` ascending over features, from queries that are scaled; the largest so far; what is summed so far times e^(old - new largest);
/// then the powers are added one by one, and the products with values as in a chunk of a contraction.
public record Attention(List<Integer> query, List<Integer> key, List<Integer> value, List<Integer> result, List<Integer> mask, double scale,
        boolean causal, List<Integer> position) implements Op {

    public static final int QUERY = 0;
    public static final int KEY = 1;
    public static final int FEATURE = 2;
    public static final int OUT = 3;
    /// The first label of the axes around.
    public static final int AROUND = 4;

    /// What a score is that is not seen.
    public static final double UNSEEN = -1e30;
    /// Features, at most: one chunk of a contracted axis.
    public static final int MOST_FEATURES = 512;

    public Attention {
        query = List.copyOf(query);
        key = List.copyOf(key);
        value = List.copyOf(value);
        result = List.copyOf(result);
        mask = List.copyOf(mask);
        position = List.copyOf(position);
    }

    @Override
    public String mnemonic() {
        return "attention";
    }

    /// The labels of the second and third result: those around, then the queries.
    public List<Integer> statistics() {
        return Stream.concat(around().stream(), Stream.of(QUERY)).toList();
    }

    /// The labels around, in the order of the result.
    public List<Integer> around() {
        return result.stream().filter(label -> label >= AROUND).toList();
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Require.count(3 + (mask.isEmpty() ? 0 : 1) + (causal ? 1 : 0), this, operands);
        ElementType type = Require.floating(this, operands.subList(0, 3));
        Require.that(mask.isEmpty() || operands.get(3).element() == ElementType.BOOL, this, operands);
        Require.that(!causal || operands.getLast().element() == ElementType.I32, this, operands);
        Map<Integer, Dim> sizes = sizes(operands);
        for (int label : List.of(QUERY, KEY, FEATURE, OUT)) {
            Require.that(sizes.containsKey(label) && sizes.get(label).isFixed(), this, operands);
        }
        Require.that(sizes.get(FEATURE).size() <= MOST_FEATURES, this, operands);
        Require.that(Stream.of(key, value, mask, position).flatMap(List::stream).allMatch(label -> label < AROUND || query.contains(label)),
                this, operands);
        TensorType statistic = type(type, statistics(), sizes);
        return List.of(type(type, result, sizes), statistic, statistic);
    }

    private static TensorType type(ElementType type, List<Integer> labels, Map<Integer, Dim> sizes) {
        return new TensorType(type, new Shape(labels.stream().map(sizes::get).toList()));
    }

    /// The size of each label.
    public Map<Integer, Dim> sizes(List<TensorType> operands) {
        Map<Integer, Dim> sizes = new LinkedHashMap<>();
        List<List<Integer>> labels = new ArrayList<>(List.of(query, key, value));
        if (!mask.isEmpty()) {
            labels.add(mask);
        }
        if (causal) {
            labels.add(position);
        }
        for (int k = 0; k < labels.size(); k++) {
            Require.that(labels.get(k).size() == operands.get(k).rank(), this, operands);
            for (int i = 0; i < labels.get(k).size(); i++) {
                Dim size = operands.get(k).shape().dim(i);
                Require.that(sizes.getOrDefault(labels.get(k).get(i), size).equals(size), this, operands);
                sizes.put(labels.get(k).get(i), size);
            }
        }
        return sizes;
    }

    /// One label more, in front of the results and of the operands that have the batch; all queries have it.
    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        List<Value> own = new ArrayList<>(operands);
        own.set(0, builder.batched(batch, operands.getFirst(), batched.getFirst()));
        List<Boolean> marked = new ArrayList<>(batched);
        marked.set(0, true);
        return builder.addAll(batched(marked), own);
    }

    Attention batched(List<Boolean> marked) {
        int label = 1 + Math.max(OUT, query.stream().mapToInt(Integer::intValue).max().orElseThrow());
        return new Attention(prepend(label, query, true), prepend(label, key, marked.get(1)), prepend(label, value, marked.get(2)),
                prepend(label, result, true), prepend(label, mask, !mask.isEmpty() && marked.get(3)), scale, causal,
                prepend(label, position, causal && marked.getLast()));
    }

    private static List<Integer> prepend(int label, List<Integer> labels, boolean isBatched) {
        return isBatched ? Stream.concat(Stream.of(label), labels.stream()).toList() : labels;
    }

    /// With D = o . do for the cotangent do of the means o: `AttentionPullback`, which computes the weights again.
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        Value means = equation.results().getFirst();
        Value dMeans = cotangents.getFirst().orElseGet(() -> builder.like(means, 0));
        Value common = builder.add(new Contraction(result, result, statistics()), means, dMeans);
        List<Value> operands = new ArrayList<>(equation.operands());
        operands.addAll(3, List.of(dMeans, equation.results().get(1), equation.results().get(2), common));
        List<Value> pulled = builder.addAll(new AttentionPullback(query, key, value, result, mask, scale, causal, position), operands);
        List<Optional<Value>> all = new ArrayList<>(pulled.stream().map(Optional::of).toList());
        equation.operands().stream().skip(3).forEach(_ -> all.add(Optional.empty()));
        return all;
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        Labelled means = new Labelled(Tensor.zeros(results.getFirst()), result);
        Labelled maxima = new Labelled(Tensor.zeros(results.get(1)), statistics());
        Labelled logarithms = new Labelled(Tensor.zeros(results.get(2)), statistics());
        Labelled values = new Labelled(operands.get(2), value);
        AttentionRows rows = new AttentionRows(this, operands);
        rows.forEach(index -> {
            double[] scores = rows.scores(index);
            double largest = Arrays.stream(scores).max().orElseThrow();
            double logarithm = Math.log(Arrays.stream(scores).map(score -> Math.exp(score - largest)).sum());
            maxima.add(index, largest);
            logarithms.add(index, logarithm);
            rows.forEach(index, KEY, k -> rows.forEach(index, OUT,
                    _ -> means.add(index, Math.exp(scores[k] - largest - logarithm) * values.at(index))));
        });
        return List.of(means.tensor(), maxima.tensor(), logarithms.tensor());
    }
}
