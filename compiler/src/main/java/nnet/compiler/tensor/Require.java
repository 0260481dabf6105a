package nnet.compiler.tensor;

import java.util.List;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// What shape rules demand of operands.
final class Require {

    private Require() {
    }

    static void that(boolean condition, Op op, List<TensorType> operands) {
        if (!condition) {
            throw new ShapeException(op + " does not take " + operands);
        }
    }

    static void count(int count, Op op, List<TensorType> operands) {
        that(operands.size() == count, op, operands);
    }

    /// The only operand.
    static TensorType one(Op op, List<TensorType> operands) {
        count(1, op, operands);
        return operands.getFirst();
    }

    /// The element type that all operands have, one of `allowed`.
    static ElementType same(Op op, List<TensorType> operands, ElementType... allowed) {
        ElementType element = operands.getFirst().element();
        that(List.of(allowed).contains(element) && operands.stream().allMatch(type -> type.element() == element), op, operands);
        return element;
    }

    static ElementType floating(Op op, List<TensorType> operands) {
        return same(op, operands, ElementType.F32, ElementType.F64);
    }

    static ElementType number(Op op, List<TensorType> operands) {
        return same(op, operands, ElementType.F32, ElementType.F64, ElementType.I32);
    }

    static ElementType bool(Op op, List<TensorType> operands) {
        return same(op, operands, ElementType.BOOL);
    }

    static void axis(int axis, int rank, Op op, List<TensorType> operands) {
        that(axis >= 0 && axis < rank, op, operands);
    }
}
