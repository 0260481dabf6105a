package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// Uniform in [0, 1), multiples of 2^-24, from key `i32[3]` (seed low, seed high, step). Threefry-2x32, 20 rounds: counter (element, site), key (seed low ^ step * 0x9E3779B9, seed high);
/// element is the row-major index; the first output word, shifted right by 8, times 2^-24. Batching adds the batch axis in front of the shape.
public record RandomUniform(Shape shape, int site) implements Op {

    @Override
    public String mnemonic() {
        return "random_uniform";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        throw new UnsupportedOperationException("random_uniform");
    }

    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        throw new UnsupportedOperationException("random_uniform");
    }

    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        throw new UnsupportedOperationException("random_uniform");
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        throw new UnsupportedOperationException("random_uniform");
    }
}
