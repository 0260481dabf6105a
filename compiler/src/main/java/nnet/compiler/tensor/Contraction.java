package nnet.compiler.tensor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// Sum of products over labels, as in einsum: each axis of the two operands and of the result carries a label; labels absent from the result
/// are summed over (ascending, with fma, in chunks of 512). No label twice in one operand; every label of the result is in an operand.
public record Contraction(List<Integer> left, List<Integer> right, List<Integer> result) implements Op {

    public Contraction {
        left = List.copyOf(left);
        right = List.copyOf(right);
        result = List.copyOf(result);
    }

    @Override
    public String mnemonic() {
        return "contraction";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Require.count(2, this, operands);
        Require.that(left.size() == operands.get(0).rank() && right.size() == operands.get(1).rank(), this, operands);
        for (List<Integer> labels : List.of(left, right, result)) {
            Require.that(labels.stream().distinct().count() == labels.size(), this, operands);
        }
        Require.that(result.stream().allMatch(label -> left.contains(label) || right.contains(label)), this, operands);
        Map<Integer, Dim> sizes = sizes(operands);
        return List.of(new TensorType(Require.floating(this, operands), new Shape(result.stream().map(sizes::get).toList())));
    }

    /// One label more, in front of the result and of the operands that have the batch.
    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        int label = 1 + Stream.of(left, right, result).flatMap(List::stream).mapToInt(Integer::intValue).max().orElse(-1);
        List<Integer> newLeft = batched.get(0) ? prepend(label, left) : left;
        List<Integer> newRight = batched.get(1) ? prepend(label, right) : right;
        return builder.addAll(new Contraction(newLeft, newRight, prepend(label, result)), operands);
    }

    /// y[R] = sum a[L] b[K], so da[L] = sum dy[R] b[K] over all labels but L, and db[K] = sum dy[R] a[L] over all but K.
    ///
    /// A label that only one operand has and that is summed over is repeated in its cotangent.
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        Value dy = cotangents.getFirst().orElseThrow();
        Value a = equation.operands().get(0);
        Value b = equation.operands().get(1);
        return List.of(Optional.of(pull(builder, dy, b, right, a, left)), Optional.of(pull(builder, dy, a, left, b, right)));
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        Map<Integer, Dim> sizes = sizes(operands.stream().map(Tensor::type).toList());
        List<Integer> summed = sizes.keySet().stream().filter(label -> !result.contains(label)).toList();
        List<Integer> labels = Stream.concat(result.stream(), summed.stream()).toList();
        Tensor out = Tensor.zeros(results.getFirst());
        double[] x = operands.get(0).data();
        double[] y = operands.get(1).data();
        double[] z = out.data();
        int[][] strides = {strides(labels, left, operands.get(0)), strides(labels, right, operands.get(1)), strides(labels, result, out)};
        int[] steps = labels.stream().mapToInt(label -> sizes.get(label).size()).toArray();
        Index.forEachRow(steps, strides, (places, by, count) -> {
            for (int k = 0; k < count; k++) {
                z[places[2] + k * by[2]] += x[places[0] + k * by[0]] * y[places[1] + k * by[1]];
            }
        });
        return List.of(out);
    }

    /// The labels that are summed over, those of the left operand first.
    public List<Integer> summed() {
        return Stream.of(left, right).flatMap(List::stream).distinct().filter(label -> !result.contains(label)).toList();
    }

    /// The cotangent of `x` with labels `own`, where `other` with labels `others` is the other operand.
    private Value pull(Builder builder, Value dy, Value other, List<Integer> others, Value x, List<Integer> own) {
        List<Integer> known = own.stream().filter(label -> result.contains(label) || others.contains(label)).toList();
        Value dx = builder.add(new Contraction(result, others, known), dy, other);
        return known.size() == own.size() ? dx : builder.add(new Broadcast(x.shape(), known.stream().map(own::indexOf).toList()), dx);
    }

    /// How many products are summed, for dimensions of 1 where they are symbols: the product of the sizes of all labels.
    public long products(List<TensorType> operands) {
        return sizes(operands).values().stream().mapToLong(Dim::factor).reduce(1, Math::multiplyExact);
    }

    private Map<Integer, Dim> sizes(List<TensorType> operands) {
        Map<Integer, Dim> sizes = new LinkedHashMap<>();
        for (int k = 0; k < 2; k++) {
            List<Integer> labels = k == 0 ? left : right;
            for (int i = 0; i < labels.size(); i++) {
                Dim size = operands.get(k).shape().dim(i);
                Require.that(sizes.getOrDefault(labels.get(i), size).equals(size), this, operands);
                sizes.put(labels.get(i), size);
            }
        }
        return sizes;
    }

    private static int[] strides(List<Integer> labels, List<Integer> own, Tensor tensor) {
        int[] strides = Index.strides(tensor.sizes());
        return labels.stream().mapToInt(label -> own.contains(label) ? strides[own.indexOf(label)] : 0).toArray();
    }

    private static List<Integer> prepend(int label, List<Integer> labels) {
        return Stream.concat(Stream.of(label), labels.stream()).toList();
    }
}
