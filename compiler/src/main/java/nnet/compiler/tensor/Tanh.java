package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// hyperbolic tangent
public record Tanh() implements Unary {

    @Override
    public String mnemonic() {
        return "tanh";
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.floating(this, operands);
    }

    /// d(tanh a) = (1 - y^2) da
    @Override
    public Optional<Value> pullback(Builder builder, Value a, Value y, Value dy) {
        Value slope = builder.minus(builder.like(y, 1), builder.times(y, y));
        return Optional.of(builder.times(dy, slope));
    }

    @Override
    public double scalar(double a) {
        return Math.tanh(a);
    }

    @Override
    public Expr loop(Expr a) {
        return new Expr.Call(Expr.Function.TANH, a);
    }
}
