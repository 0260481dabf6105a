package nnet.compiler.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// Elements start, start + stride, ... of one axis.
public record Slice(int axis, int start, Dim size, int stride) implements Op {

    @Override
    public String mnemonic() {
        return "slice";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType operand = Require.one(this, operands);
        Require.axis(axis, operand.rank(), this, operands);
        Dim whole = operand.shape().dim(axis);
        boolean isFixed = whole.isFixed() && size.isFixed();
        Require.that(start >= 0 && stride >= 1 && (!isFixed || last() < whole.size()), this, operands);
        Require.that(isFixed || start == 0 && stride == 1 && size.equals(whole) || size.isFixed(), this, operands);
        List<Dim> dims = new ArrayList<>(operand.shape().dims());
        dims.set(axis, size);
        return List.of(operand.withShape(new Shape(dims)));
    }

    /// the batch stays in front
    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        return builder.addAll(new Slice(axis + 1, start, size, stride), operands);
    }

    /// What was taken goes back to its place, between zeros.
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        Value dy = cotangents.getFirst().orElseThrow();
        Dim whole = equation.operands().getFirst().shape().dim(axis);
        if (!whole.isFixed()) {
            throw new UnsupportedOperationException("the gradient of a slice of an axis whose size is known at run time only: " + this);
        }
        return List.of(Optional.of(builder.add(new Pad(axis, start, whole.size() - 1 - last(), stride - 1), dy)));
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        Tensor operand = operands.getFirst();
        Tensor result = Tensor.zeros(results.getFirst());
        int[] strides = Index.strides(result.sizes());
        int[] operandStrides = Index.strides(operand.sizes());
        Index.forEach(result.sizes(), index -> {
            int from = Index.flat(index, operandStrides) + (start + index[axis] * (stride - 1)) * operandStrides[axis];
            result.data()[Index.flat(index, strides)] = operand.data()[from];
        });
        return List.of(result);
    }

    /// The last element that is taken.
    private int last() {
        return start + (size.size() - 1) * stride;
    }
}
