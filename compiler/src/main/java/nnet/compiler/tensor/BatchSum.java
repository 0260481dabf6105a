package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.type.Dim;
import nnet.compiler.type.TensorType;

/// The sum over all examples: the one operation that sees the batch, from which `batch_mean` and `batch_variance` are made (divide by the `Size` of the batch).
/// It stands in graphs of one example only; batching turns it into a sum over the batch axis, whose result is the same for all examples.
public record BatchSum() implements Op {

    @Override
    public String mnemonic() {
        return "batch_sum";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return List.of(Require.one(this, operands));
    }

    /// sum over axis 0; what does not depend on the example is repeated first, so that it counts once for each
    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        return List.of(builder.add(new Sum(List.of(0)), builder.batched(batch, operands.getFirst(), batched.getFirst())));
    }

    /// d(x1 + ... + xn) = dx1 + ... + dxn; a graph of one example is the batch of one
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        return cotangents;
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        return operands;
    }
}
