package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.type.Dim;
import nnet.compiler.type.TensorType;

/// Sum of products over labels, as in einsum: each axis of the two operands and of the result carries a label; labels absent from the result
/// are summed over (ascending, with fma, in chunks of 512). No label twice in one operand; every label of the result is in an operand.
public record Contraction(List<Integer> left, List<Integer> right, List<Integer> result) implements Op {

    @Override
    public String mnemonic() {
        return "contraction";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        throw new UnsupportedOperationException("contraction");
    }

    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        throw new UnsupportedOperationException("contraction");
    }

    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        throw new UnsupportedOperationException("contraction");
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        throw new UnsupportedOperationException("contraction");
    }
}
