package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// Repeats: axis i of the operand becomes axis `axes[i]` of `shape` (ascending; sizes equal), all others are new.
public record Broadcast(Shape shape, List<Integer> axes) implements Op {

    public Broadcast {
        axes = List.copyOf(axes);
    }

    @Override
    public String mnemonic() {
        return "broadcast";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType operand = Require.one(this, operands);
        Require.that(operand.rank() == axes.size(), this, operands);
        for (int i = 0; i < axes.size(); i++) {
            Require.axis(axes.get(i), shape.rank(), this, operands);
            Require.that(i == 0 || axes.get(i - 1) < axes.get(i), this, operands);
            Require.that(shape.dim(axes.get(i)).equals(operand.shape().dim(i)), this, operands);
        }
        return List.of(operand.withShape(shape));
    }

    /// the batch stays in front
    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        List<Integer> shifted = Stream.concat(Stream.of(0), axes.stream().map(axis -> axis + 1)).toList();
        return builder.addAll(new Broadcast(shape.prepend(batch), shifted), operands);
    }

    /// What is repeated is counted as often: the sum over the new axes.
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        Value dy = cotangents.getFirst().orElseThrow();
        return List.of(Optional.of(newAxes().isEmpty() ? dy : builder.add(new Sum(newAxes()), dy)));
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        Tensor operand = operands.getFirst();
        Tensor result = Tensor.zeros(results.getFirst());
        int[] strides = Index.strides(result.sizes());
        int[] operandStrides = Index.strides(operand.sizes());
        Index.forEach(result.sizes(), index -> {
            int from = 0;
            for (int i = 0; i < axes.size(); i++) {
                from += index[axes.get(i)] * operandStrides[i];
            }
            result.data()[Index.flat(index, strides)] = operand.data()[from];
        });
        return List.of(result);
    }

    /// The axes along which the operand is repeated.
    public List<Integer> newAxes() {
        return IntStream.range(0, shape.rank()).boxed().filter(axis -> !axes.contains(axis)).toList();
    }
}
