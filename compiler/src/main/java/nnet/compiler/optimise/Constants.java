package nnet.compiler.optimise;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import nnet.compiler.tensor.Broadcast;
import nnet.compiler.tensor.Constant;
import nnet.compiler.tensor.Elementwise;
import nnet.compiler.tensor.Gather;
import nnet.compiler.tensor.Iota;
import nnet.compiler.tensor.Max;
import nnet.compiler.tensor.Op;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.Reverse;
import nnet.compiler.tensor.ScatterAdd;
import nnet.compiler.tensor.Size;
import nnet.compiler.tensor.Slice;
import nnet.compiler.tensor.StopGradient;
import nnet.compiler.tensor.Sum;
import nnet.compiler.tensor.Tensor;
import nnet.compiler.tensor.Transpose;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// What is known when compiling is computed when compiling, in double precision.
final class Constants {

    private Constants() {
    }

    /// op(c, ..., c) -> c
    static Optional<Value> elementwise(Rewriter r, Op op, List<Value> operands) {
        if (!(op instanceof Elementwise elementwise) || !operands.stream().allMatch(operand -> r.is(operand, Constant.class))) {
            return Optional.empty();
        }
        List<Tensor> scalars = operands.stream().map(operand -> {
            TensorType type = TensorType.scalar(operand.type().element());
            return new Tensor(type, new double[]{r.constant(operand).orElseThrow()});
        }).toList();
        TensorType type = op.infer(operands.stream().map(Value::type).toList()).getFirst();
        double value = elementwise.evaluate(scalars, List.of(type.withShape(Shape.SCALAR))).getFirst().data()[0];
        return Optional.of(r.add(new Constant(type, value)));
    }

    /// Moving a constant gives the constant, in another shape.
    static Optional<Value> moved(Rewriter r, Op op, List<Value> operands) {
        boolean moves = switch (op) {
            case Broadcast _,Reshape _,Transpose _,Slice _,Reverse _,Gather _,Max _,StopGradient _ -> true;
            default -> false;
        };
        if (!moves || r.constant(operands.getFirst()).isEmpty()) {
            return Optional.empty();
        }
        TensorType type = op.infer(operands.stream().map(Value::type).toList()).getFirst();
        return Optional.of(r.add(new Constant(type, r.constant(operands.getFirst()).orElseThrow())));
    }

    /// sum of n constants c -> n c; scatter of zeros -> zeros; the size of a fixed dimension -> a number
    static Optional<Value> counted(Rewriter r, Op op, List<Value> operands) {
        if (op instanceof Size size && size.dim().isFixed()) {
            return Optional.of(r.add(new Constant(TensorType.scalar(ElementType.F32), size.dim().size())));
        }
        OptionalDouble constant = operands.isEmpty() ? OptionalDouble.empty() : r.constant(operands.getFirst());
        if (constant.isEmpty() || !(op instanceof Sum || op instanceof ScatterAdd)) {
            return Optional.empty();
        }
        TensorType type = op.infer(operands.stream().map(Value::type).toList()).getFirst();
        double value = constant.getAsDouble();
        if (op instanceof Sum sum) {
            Dim count = sum.axes().stream().map(operands.getFirst().shape()::dim).reduce(Dim.ONE, Dim::times);
            return count.isFixed() || value == 0
                    ? Optional.of(r.add(new Constant(type, value == 0 ? 0 : value * count.size())))
                    : Optional.empty();
        }
        return value == 0 ? Optional.of(r.add(new Constant(type, 0))) : Optional.empty();
    }

    /// A counter in several dimensions is one in one dimension, repeated.
    static Optional<Value> iota(Rewriter r, Op op, List<Value> operands) {
        if (!(op instanceof Iota(TensorType type, int axis)) || type.rank() <= 1) {
            return Optional.empty();
        }
        Value line = r.add(new Iota(type.withShape(new Shape(List.of(type.shape().dim(axis)))), 0));
        return Optional.of(r.add(new Broadcast(type.shape(), List.of(axis)), line));
    }
}
