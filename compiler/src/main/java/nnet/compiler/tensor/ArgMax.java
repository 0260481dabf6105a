package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// Index (`i32`) of the first maximum along `axis`, which disappears.
public record ArgMax(int axis) implements Op {

    @Override
    public String mnemonic() {
        return "arg_max";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType operand = Require.one(this, operands);
        Require.axis(axis, operand.rank(), this, operands);
        Require.number(this, operands);
        List<Dim> kept = Axes.others(List.of(axis), operand.rank()).stream().map(operand.shape()::dim).toList();
        return List.of(new TensorType(ElementType.I32, new Shape(kept)));
    }

    /// the batch stays in front
    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        return builder.addAll(new ArgMax(axis + 1), operands);
    }

    /// A place has no slope.
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        return List.of(Optional.empty());
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        Tensor operand = operands.getFirst();
        Tensor result = Tensor.zeros(results.getFirst());
        int size = operand.sizes()[axis];
        int stride = Index.strides(operand.sizes())[axis];
        for (int i = 0; i < result.data().length; i++) {
            int first = i / stride * stride * size + i % stride;
            for (int k = 1; k < size; k++) {
                if (operand.data()[first + k * stride] > operand.data()[first + (int) result.data()[i] * stride]) {
                    result.data()[i] = k;
                }
            }
        }
        return List.of(result);
    }
}
