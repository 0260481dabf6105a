package nnet.compiler.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nnet.compiler.type.Dim;
import nnet.compiler.type.TensorType;

/// The cotangents of queries, keys and values of an `Attention`, whose attributes these are. Operands are queries, keys, values, the cotangent of the means, the
/// largest scores and logarithms that the attention gave, and what all weights of a query share, D (`Attention.pullback`); then mask and position, if there are any.
///
/// With p = e^(score - largest - logarithm), recomputed for blocks of 64 queries and 64 keys: dv = p^T do, ds = p (do v^T - D), dq = scale ds k, dk = scale ds^T q (Dao,
/// "FlashAttention-2", 2023). Sums over queries and keys are taken block by block, each from 0 as in a chunk of a contraction, and added in ascending order.
public record AttentionPullback(List<Integer> query, List<Integer> key, List<Integer> value, List<Integer> result, List<Integer> mask,
        double scale, boolean causal, List<Integer> position) implements Op {

    public AttentionPullback {
        query = List.copyOf(query);
        key = List.copyOf(key);
        value = List.copyOf(value);
        result = List.copyOf(result);
        mask = List.copyOf(mask);
        position = List.copyOf(position);
    }

    /// What is pulled back.
    public Attention forward() {
        return new Attention(query, key, value, result, mask, scale, causal, position);
    }

    @Override
    public String mnemonic() {
        return "attention_pullback";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Require.that(operands.size() >= 7, this, operands);
        List<TensorType> results = forward().infer(without(operands));
        Require.that(operands.get(3).equals(results.getFirst()) && operands.subList(4, 7).stream().allMatch(results.getLast()::equals),
                this,
                operands);
        return operands.subList(0, 3);
    }

    /// The operands that the attention had.
    private static <T> List<T> without(List<T> operands) {
        List<T> own = new ArrayList<>(operands.subList(0, 3));
        own.addAll(operands.subList(7, operands.size()));
        return own;
    }

    /// All of them with the batch, since every result must have it; mask and position as they are.
    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        List<Value> own = new ArrayList<>(operands);
        List<Boolean> marked = new ArrayList<>(batched);
        for (int i = 0; i < 7; i++) {
            own.set(i, builder.batched(batch, operands.get(i), batched.get(i)));
            marked.set(i, true);
        }
        Attention all = forward().batched(without(marked));
        return builder.addAll(
                new AttentionPullback(all.query(), all.key(), all.value(), all.result(), all.mask(), scale, causal, all.position()),
                own);
    }

    /// Nothing asks for the slope of a slope.
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        throw new UnsupportedOperationException("the second derivative of attention");
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        Attention op = forward();
        Labelled queries = new Labelled(operands.get(0), query);
        Labelled keys = new Labelled(operands.get(1), key);
        Labelled values = new Labelled(operands.get(2), value);
        Labelled dMeans = new Labelled(operands.get(3), result);
        Labelled maxima = new Labelled(operands.get(4), op.statistics());
        Labelled logarithms = new Labelled(operands.get(5), op.statistics());
        Labelled common = new Labelled(operands.get(6), op.statistics());
        Labelled dQueries = new Labelled(Tensor.zeros(results.get(0)), query);
        Labelled dKeys = new Labelled(Tensor.zeros(results.get(1)), key);
        Labelled dValues = new Labelled(Tensor.zeros(results.get(2)), value);
        AttentionRows rows = new AttentionRows(op, without(operands));
        rows.forEach(index -> {
            double[] scores = rows.scores(index);
            rows.forEach(index, Attention.KEY, k -> {
                double weight = Math.exp(scores[k] - maxima.at(index) - logarithms.at(index));
                double[] slope = {-common.at(index)};
                rows.forEach(index, Attention.OUT, _ -> {
                    dValues.add(index, weight * dMeans.at(index));
                    slope[0] += dMeans.at(index) * values.at(index);
                });
                double dScore = rows.isSeen(index) ? scale * weight * slope[0] : 0;
                rows.forEach(index, Attention.FEATURE, _ -> {
                    dQueries.add(index, dScore * keys.at(index));
                    dKeys.add(index, dScore * queries.at(index));
                });
            });
        });
        return List.of(dQueries.tensor(), dKeys.tensor(), dValues.tensor());
    }
}
