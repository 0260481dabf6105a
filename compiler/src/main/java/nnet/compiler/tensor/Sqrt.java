package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// square root
public record Sqrt() implements Unary {

    @Override
    public String mnemonic() {
        return "sqrt";
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.floating(this, operands);
    }

    /// d(sqrt a) = da / (2 sqrt a)
    @Override
    public Optional<Value> pullback(Builder builder, Value a, Value y, Value dy) {
        return Optional.of(builder.over(builder.times(dy, builder.like(y, 0.5)), y));
    }

    @Override
    public double scalar(double a) {
        return Math.sqrt(a);
    }

    @Override
    public Expr loop(Expr a) {
        return new Expr.Unary(Expr.UnaryOp.SQRT, a);
    }
}
