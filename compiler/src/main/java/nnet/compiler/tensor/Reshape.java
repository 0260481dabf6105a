package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// The same elements in row-major order under another shape of equal size.
public record Reshape(Shape shape) implements Op {

    @Override
    public String mnemonic() {
        return "reshape";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType operand = Require.one(this, operands);
        Require.that(operand.shape().size().equals(shape.size()), this, operands);
        return List.of(operand.withShape(shape));
    }

    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        return builder.addAll(new Reshape(shape.prepend(batch)), operands);
    }

    /// Only the shape changes, and changes back.
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        Value dy = cotangents.getFirst().orElseThrow();
        return List.of(Optional.of(builder.add(new Reshape(equation.operands().getFirst().shape()), dy)));
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        return List.of(new Tensor(results.getFirst(), operands.getFirst().data()));
    }
}
