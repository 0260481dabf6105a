package nnet.compiler.tensor;

import java.util.List;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// An operation on each element alone; operands have equal shapes. Its batching rule is to broadcast what is not batched.
public sealed interface Elementwise extends Op permits Unary, Binary, Select {

    /// The number of operands.
    int arity();

    /// The element type of the result.
    ///
    /// @throws ShapeException if the operands have other element types than the operation takes
    ElementType element(List<TensorType> operands);

    /// The meaning for one element, in double precision; booleans are 0 and 1.
    double scalar(double... operands);

    /// The meaning for one element as a loop expression; the operands have the element types of the tensors. An operand may be used more than once, so it should be
    /// cheap: a literal or a local.
    Expr loop(List<Expr> operands);

    /// Whether it is a function beyond arithmetic, some twenty operations long: its result is rather kept than computed again.
    default boolean isFunction() {
        return switch (this) {
            case Exp _,Expm1 _,Log _,Log1p _,Tanh _,Sigmoid _,Softplus _,Erf _,Sin _,Cos _,Power _ -> true;
            case Negate _,Sqrt _,Abs _,Sign _,Floor _,Not _,Add _,Subtract _,Multiply _,Divide _,Minimum _,Maximum _,Remainder _ -> false;
            case Compare _,And _,Or _,Select _,Convert _ -> false;
        };
    }

    @Override
    default List<TensorType> infer(List<TensorType> operands) {
        Require.count(arity(), this, operands);
        TensorType first = operands.getFirst();
        Require.that(operands.stream().allMatch(type -> type.shape().equals(first.shape())), this, operands);
        return List.of(first.withElement(element(operands)));
    }

    @Override
    default List<Value> batch(Builder builder, Dim batch, List<Value> operands, List<Boolean> batched) {
        return builder.addAll(this, builder.allBatched(batch, operands, batched));
    }

    @Override
    default List<Tensor> evaluate(List<Tensor> operands, List<TensorType> results) {
        TensorType type = results.getFirst();
        double[] data = new double[type.shape().size().size()];
        double[] arguments = new double[operands.size()];
        for (int i = 0; i < data.length; i++) {
            for (int k = 0; k < arguments.length; k++) {
                arguments[k] = operands.get(k).data()[i];
            }
            data[i] = Tensor.stored(type.element(), scalar(arguments));
        }
        return List.of(new Tensor(type, data));
    }
}
