package nnet.compiler.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// Zeros before, after and (`inner` many) between the elements of one axis: what a slice pulls back to.
public record Pad(int axis, int before, int after, int inner) implements Op {

    @Override
    public String mnemonic() {
        return "pad";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType operand = Require.one(this, operands);
        Require.axis(axis, operand.rank(), this, operands);
        Require.that(before >= 0 && after >= 0 && inner >= 0 && operand.shape().dim(axis).isFixed(), this, operands);
        int size = operand.shape().dim(axis).size();
        List<Dim> dims = new ArrayList<>(operand.shape().dims());
        dims.set(axis, Dim.of(before + size + Math.max(size - 1, 0) * inner + after));
        return List.of(operand.withShape(new Shape(dims)));
    }

    /// the batch stays in front
    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        return builder.addAll(new Pad(axis + 1, before, after, inner), operands);
    }

    /// Zeros are constant; the elements come back from where they went.
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        Value dy = cotangents.getFirst().orElseThrow();
        Dim size = equation.operands().getFirst().shape().dim(axis);
        return List.of(Optional.of(builder.add(new Slice(axis, before, size, inner + 1), dy)));
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        Tensor operand = operands.getFirst();
        Tensor result = Tensor.zeros(results.getFirst());
        int[] strides = Index.strides(result.sizes());
        int[] operandStrides = Index.strides(operand.sizes());
        Index.forEach(operand.sizes(), index -> {
            int to = Index.flat(index, strides) + (before + index[axis] * inner) * strides[axis];
            result.data()[to] = operand.data()[Index.flat(index, operandStrides)];
        });
        return List.of(result);
    }
}
