package nnet.compiler.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// Maximum over axes, which disappear. The gradient goes to the first maximum along the axes in row-major order.
public record Max(List<Integer> axes) implements Op {

    public Max {
        axes = List.copyOf(axes);
    }

    @Override
    public String mnemonic() {
        return "max";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType operand = Require.one(this, operands);
        axes.forEach(axis -> Require.axis(axis, operand.rank(), this, operands));
        Require.that(axes.stream().distinct().count() == axes.size(), this, operands);
        Require.number(this, operands);
        return List.of(operand.withShape(new Shape(Axes.others(axes, operand.rank()).stream().map(operand.shape()::dim).toList())));
    }

    /// the batch stays in front
    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        return builder.addAll(new Max(axes.stream().map(axis -> axis + 1).toList()), operands);
    }

    /// d(max x) = dx at the place of the first maximum
    ///
    /// The axes are moved to the end and made one, so that the place is one index; then everything moves back.
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        Value dy = cotangents.getFirst().orElseThrow();
        Value x = equation.operands().getFirst();
        List<Integer> kept = Axes.others(axes, x.shape().rank());
        Transpose toEnd = new Transpose(Stream.concat(kept.stream(), axes.stream().sorted()).toList());
        Value moved = builder.add(toEnd, x);
        Dim count = axes.stream().map(x.shape()::dim).reduce(Dim.ONE, Dim::times);
        Shape rows = new Shape(Stream.concat(dy.shape().dims().stream(), Stream.of(count)).toList());
        Value place = builder.add(new ArgMax(kept.size()), builder.add(new Reshape(rows), moved));
        Value counter = builder.add(new Iota(new TensorType(ElementType.I32, rows), kept.size()));
        List<Integer> leading = IntStream.range(0, kept.size()).boxed().toList();
        Value isPlace = builder.compare(Compare.Relation.EQUAL, counter, builder.add(new Broadcast(rows, leading), place));
        Value spread = builder.add(new Broadcast(rows, leading), dy);
        Value dx = builder.select(isPlace, spread, builder.like(spread, 0));
        return List.of(Optional.of(builder.add(new Transpose(toEnd.inverse()), builder.add(new Reshape(moved.shape()), dx))));
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        Tensor operand = operands.getFirst();
        Tensor result = Tensor.zeros(results.getFirst());
        Arrays.fill(result.data(), Double.NEGATIVE_INFINITY);
        List<Integer> kept = Axes.others(axes, operand.type().rank());
        int[] strides = Index.strides(result.sizes());
        int[] operandStrides = Index.strides(operand.sizes());
        Index.forEach(operand.sizes(), index -> {
            int to = 0;
            for (int i = 0; i < kept.size(); i++) {
                to += index[kept.get(i)] * strides[i];
            }
            double value = operand.data()[Index.flat(index, operandStrides)];
            result.data()[to] = Math.max(result.data()[to], value);
        });
        return List.of(result);
    }
}
