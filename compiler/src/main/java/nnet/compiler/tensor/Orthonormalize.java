package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.type.Dim;
import nnet.compiler.type.TensorType;

/// A matrix `[r, c]` with orthonormal columns (r >= c) or rows (r < c) from a matrix of full rank: Gram-Schmidt, twice. No derivative.
public record Orthonormalize() implements Op {

    @Override
    public String mnemonic() {
        return "orthonormalize";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        throw new UnsupportedOperationException("orthonormalize");
    }

    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        throw new UnsupportedOperationException("orthonormalize");
    }

    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        throw new UnsupportedOperationException("orthonormalize");
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        throw new UnsupportedOperationException("orthonormalize");
    }
}
