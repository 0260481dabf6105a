package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// Sum over axes, which disappear.
public record Sum(List<Integer> axes) implements Op {

    public Sum {
        axes = List.copyOf(axes);
    }

    @Override
    public String mnemonic() {
        return "sum";
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType operand = Require.one(this, operands);
        axes.forEach(axis -> Require.axis(axis, operand.rank(), this, operands));
        Require.that(axes.stream().distinct().count() == axes.size(), this, operands);
        Require.number(this, operands);
        return List.of(operand.withShape(new Shape(Axes.others(axes, operand.rank()).stream().map(operand.shape()::dim).toList())));
    }

    /// the batch stays in front
    @Override
    public List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        return builder.addAll(new Sum(axes.stream().map(axis -> axis + 1).toList()), operands);
    }

    /// d(x1 + ... + xn) = dx1 + ... + dxn: the cotangent goes to every element.
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        Value dy = cotangents.getFirst().orElseThrow();
        Value x = equation.operands().getFirst();
        return List.of(Optional.of(builder.add(new Broadcast(x.shape(), Axes.others(axes, x.shape().rank())), dy)));
    }

    @Override
    public List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        Tensor operand = operands.getFirst();
        Tensor result = Tensor.zeros(results.getFirst());
        List<Integer> kept = Axes.others(axes, operand.type().rank());
        int[] strides = Index.strides(result.sizes());
        int[] operandStrides = Index.strides(operand.sizes());
        Index.forEach(operand.sizes(), index -> {
            int to = 0;
            for (int i = 0; i < kept.size(); i++) {
                to += index[kept.get(i)] * strides[i];
            }
            double value = operand.data()[Index.flat(index, operandStrides)];
            result.data()[to] = Tensor.stored(result.type().element(), result.data()[to] + value);
        });
        return List.of(result);
    }
}
