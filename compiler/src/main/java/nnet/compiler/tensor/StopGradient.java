package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.type.Dim;
import nnet.compiler.type.TensorType;

/// The operand; no gradient flows back.
public record StopGradient() implements Op {

    @Override
    public String mnemonic() {
        return "stop_gradient";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        throw new UnsupportedOperationException("stop_gradient");
    }

    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        throw new UnsupportedOperationException("stop_gradient");
    }

    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        throw new UnsupportedOperationException("stop_gradient");
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        throw new UnsupportedOperationException("stop_gradient");
    }
}
