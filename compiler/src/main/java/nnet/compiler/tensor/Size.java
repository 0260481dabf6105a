package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.type.Dim;
import nnet.compiler.type.TensorType;

/// The size of a dimension as a scalar `f32`; no operands. `mean` divides by it.
public record Size(Dim dim) implements Op {

    @Override
    public String mnemonic() {
        return "size";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        throw new UnsupportedOperationException("size");
    }

    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        throw new UnsupportedOperationException("size");
    }

    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        throw new UnsupportedOperationException("size");
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        throw new UnsupportedOperationException("size");
    }
}
