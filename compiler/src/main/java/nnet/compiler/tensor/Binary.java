package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;

/// y = f(a, b), element by element.
public sealed interface Binary extends Elementwise
        permits Add, Subtract, Multiply, Divide, Power, Minimum, Maximum, Remainder, Compare, And, Or {

    /// The cotangents of a and b for the cotangent dy of y; empty where f has no slope.
    List<Optional<Value>> pullback(Builder builder, Value a, Value b, Value y, Value dy);

    double scalar(double a, double b);

    Expr loop(Expr a, Expr b);

    @Override
    default int arity() {
        return 2;
    }

    @Override
    default List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        List<Value> operands = equation.operands();
        return pullback(builder, operands.get(0), operands.get(1), equation.result(), cotangents.getFirst().orElseThrow());
    }

    @Override
    default double scalar(double... operands) {
        return scalar(operands[0], operands[1]);
    }

    @Override
    default Expr loop(List<Expr> operands) {
        return loop(operands.get(0), operands.get(1));
    }
}
