package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.type.Dim;
import nnet.compiler.type.TensorType;

/// The elements of one axis in reverse order.
public record Reverse(int axis) implements Op {

    @Override
    public String mnemonic() {
        return "reverse";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType operand = Require.one(this, operands);
        Require.axis(axis, operand.rank(), this, operands);
        return List.of(operand);
    }

    /// the batch stays in front
    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        return builder.addAll(new Reverse(axis + 1), operands);
    }

    /// reversed back
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        Value dy = cotangents.getFirst().orElseThrow();
        return List.of(Optional.of(builder.add(this, dy)));
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        Tensor operand = operands.getFirst();
        Tensor result = Tensor.zeros(results.getFirst());
        int[] strides = Index.strides(operand.sizes());
        Index.forEach(operand.sizes(), index -> {
            int to = Index.flat(index, strides);
            result.data()[to + (operand.sizes()[axis] - 1 - 2 * index[axis]) * strides[axis]] = operand.data()[to];
        });
        return List.of(result);
    }
}
