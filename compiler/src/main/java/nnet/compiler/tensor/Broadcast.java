package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// Repeats: axis i of the operand becomes axis `axes[i]` of `shape` (ascending; sizes equal), all others are new.
public record Broadcast(Shape shape, List<Integer> axes) implements Op {

    @Override
    public String mnemonic() {
        return "broadcast";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        throw new UnsupportedOperationException("broadcast");
    }

    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        throw new UnsupportedOperationException("broadcast");
    }

    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        throw new UnsupportedOperationException("broadcast");
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        throw new UnsupportedOperationException("broadcast");
    }
}
