package nnet.compiler.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// All operands one after the other along `axis`, whose sizes are known.
public record Concatenate(int axis) implements Op {

    @Override
    public String mnemonic() {
        return "concatenate";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Require.that(!operands.isEmpty(), this, operands);
        TensorType first = operands.getFirst();
        Require.axis(axis, first.rank(), this, operands);
        int size = 0;
        for (TensorType operand : operands) {
            Require.that(operand.element() == first.element() && operand.rank() == first.rank() && operand.shape().dim(axis).isFixed(),
                    this, operands);
            Require.that(
                    Axes.others(List.of(axis), first.rank()).stream().allMatch(i -> operand.shape().dim(i).equals(first.shape().dim(i))),
                    this, operands);
            size += operand.shape().dim(axis).size();
        }
        List<Dim> dims = new ArrayList<>(first.shape().dims());
        dims.set(axis, Dim.of(size));
        return List.of(first.withShape(new Shape(dims)));
    }

    /// the batch stays in front
    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        return builder.addAll(new Concatenate(axis + 1), builder.allBatched(batch, operands, batched));
    }

    /// Each operand gets its part.
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        Value dy = cotangents.getFirst().orElseThrow();
        List<Optional<Value>> parts = new ArrayList<>();
        int start = 0;
        for (Value operand : equation.operands()) {
            Dim size = operand.shape().dim(axis);
            parts.add(Optional.of(builder.add(new Slice(axis, start, size, 1), dy)));
            start += size.size();
        }
        return parts;
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        Tensor result = Tensor.zeros(results.getFirst());
        int[] strides = Index.strides(result.sizes());
        int start = 0;
        for (Tensor operand : operands) {
            int[] operandStrides = Index.strides(operand.sizes());
            int offset = start * strides[axis];
            Index.forEach(operand.sizes(),
                    index -> result.data()[offset + Index.flat(index, strides)] = operand.data()[Index.flat(index, operandStrides)]);
            start += operand.sizes()[axis];
        }
        return List.of(result);
    }
}
