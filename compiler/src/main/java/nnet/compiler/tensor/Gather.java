package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// data `[B..., n, R...]`, indices `i32[B..., I...]` gives `[B..., I..., R...]`, with `batchAxes` axes B. An index outside 0..n-1 is clamped.
public record Gather(int batchAxes) implements Op {

    @Override
    public String mnemonic() {
        return "gather";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Require.count(2, this, operands);
        Shape data = operands.get(0).shape();
        Shape indices = operands.get(1).shape();
        Require.that(operands.get(1).element() == ElementType.I32, this, operands);
        Require.that(data.rank() > batchAxes && indices.rank() >= batchAxes, this, operands);
        Require.that(data.dims().subList(0, batchAxes).equals(indices.dims().subList(0, batchAxes)), this, operands);
        List<Dim> rest = data.dims().subList(batchAxes + 1, data.rank());
        return List.of(operands.get(0).withShape(new Shape(Stream.concat(indices.dims().stream(), rest.stream()).toList())));
    }

    /// Indices of each example into the same data need nothing new where there are no batch axes: the batch is one more axis of the indices.
    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        if (!batched.get(0) && batchAxes == 0) {
            return builder.addAll(this, operands);
        }
        return builder.addAll(new Gather(batchAxes + 1), builder.allBatched(batch, operands, batched));
    }

    /// What was read from a place goes back to it.
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        Value dy = cotangents.getFirst().orElseThrow();
        Value data = equation.operands().get(0);
        Value indices = equation.operands().get(1);
        return List.of(Optional.of(builder.add(new ScatterAdd(batchAxes, data.shape().dim(batchAxes)), dy, indices)), Optional.empty());
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        Tensor data = operands.get(0);
        Tensor result = Tensor.zeros(results.getFirst());
        Places places = new Places(operands.get(1), batchAxes, data.sizes());
        for (int i = 0; i < result.data().length; i++) {
            result.data()[i] = data.data()[places.of(i)];
        }
        return List.of(result);
    }
}
