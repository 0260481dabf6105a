package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.type.Dim;
import nnet.compiler.type.TensorType;

/// A loop over the first axis of `sequences` operands: body inputs are carries, elements of the sequences, then constants; outputs are the new
/// carries, then emitted values. Results: final carries, then stacked emitted values.
public record Scan(Graph body, int carries, int sequences, boolean reverse) implements Op {

    @Override
    public String mnemonic() {
        return "scan";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        throw new UnsupportedOperationException("scan");
    }

    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        throw new UnsupportedOperationException("scan");
    }

    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        throw new UnsupportedOperationException("scan");
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        throw new UnsupportedOperationException("scan");
    }
}
