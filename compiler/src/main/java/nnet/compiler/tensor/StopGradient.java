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
        return List.of(Require.one(this, operands));
    }

    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        return builder.addAll(this, operands);
    }

    /// That is what it is for.
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        return List.of(Optional.empty());
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        return operands;
    }
}
