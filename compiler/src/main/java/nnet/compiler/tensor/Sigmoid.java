package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// 1 / (1 + e^-a), stable
public record Sigmoid() implements Unary {

    @Override
    public String mnemonic() {
        return "sigmoid";
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.floating(this, operands);
    }

    /// d(sigmoid a) = y (1 - y) da
    @Override
    public Optional<Value> pullback(Builder builder, Value a, Value y, Value dy) {
        Value slope = builder.times(y, builder.minus(builder.like(y, 1), y));
        return Optional.of(builder.times(dy, slope));
    }

    @Override
    public double scalar(double a) {
        double e = Math.exp(-Math.abs(a));
        return a >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    @Override
    public Expr loop(Expr a) {
        return new Expr.Call(Expr.Function.SIGMOID, a);
    }
}
