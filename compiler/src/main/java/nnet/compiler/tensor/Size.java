package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// The size of a dimension as a scalar `f32`; no operands. `mean` divides by it.
public record Size(Dim dim) implements Op {

    @Override
    public String mnemonic() {
        return "size";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Require.count(0, this, operands);
        return List.of(TensorType.scalar(ElementType.F32));
    }

    /// The same for all examples.
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
        return List.of(Tensor.f32(Shape.SCALAR, dim.size()));
    }
}
