package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.type.Dim;
import nnet.compiler.type.TensorType;

/// Sum over all examples of the batch, element by element: the one way to see other examples. Only in graphs that speak of one example; batching turns it into
/// a `Sum` over the batch axis, whose result is not batched.
public record BatchSum() implements Op {

    @Override
    public String mnemonic() {
        return "batch_sum";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return operands;
    }

    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        throw new UnsupportedOperationException("batch_sum");
    }

    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        throw new UnsupportedOperationException("batch_sum");
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        throw new UnsupportedOperationException("batch_sum");
    }
}
