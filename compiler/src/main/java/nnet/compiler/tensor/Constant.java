package nnet.compiler.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nnet.compiler.type.Dim;
import nnet.compiler.type.TensorType;

/// A tensor with one value everywhere; no operands.
public record Constant(TensorType type, double value) implements Op {

    @Override
    public String mnemonic() {
        return "constant";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Require.count(0, this, operands);
        return List.of(type);
    }

    /// The same for all examples; so nothing is batched by itself.
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
        Arrays.fill(tensor.data(), value);
        return List.of(tensor);
    }
}
