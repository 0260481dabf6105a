package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;

/// y = f(a), element by element.
public sealed interface Unary extends Elementwise
        permits Negate, Exp, Expm1, Log, Log1p, Sqrt, Tanh, Sigmoid, Softplus, Erf, Sin, Cos, Abs, Sign, Floor, Not, Convert {

    /// The cotangent of a for the cotangent dy of y; empty where f has no slope.
    Optional<Value> pullback(Builder builder, Value a, Value y, Value dy);

    double scalar(double a);

    Expr loop(Expr a);

    @Override
    default int arity() {
        return 1;
    }

    @Override
    default List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        return List.of(pullback(builder, equation.operands().getFirst(), equation.result(), cotangents.getFirst().orElseThrow()));
    }

    @Override
    default double scalar(double... operands) {
        return scalar(operands[0]);
    }

    @Override
    default Expr loop(List<Expr> operands) {
        return loop(operands.getFirst());
    }
}
