package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.type.Dim;
import nnet.compiler.type.TensorType;

/// 0, 1, 2, ... along `axis`; no operands.
public record Iota(TensorType type, int axis) implements Op {

    @Override
    public String mnemonic() {
        return "iota";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Require.count(0, this, operands);
        Require.axis(axis, type.rank(), this, operands);
        return List.of(type);
    }

    /// The same for all examples.
    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        return builder.addAll(this, operands);
    }

    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        return List.of();
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        Tensor tensor = Tensor.zeros(results.getFirst());
        int[] strides = Index.strides(tensor.sizes());
        Index.forEach(tensor.sizes(), index -> tensor.data()[Index.flat(index, strides)] = index[axis]);
        return List.of(tensor);
    }
}
