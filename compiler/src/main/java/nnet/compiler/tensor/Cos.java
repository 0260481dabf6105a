package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// cosine
public record Cos() implements Unary {

    @Override
    public String mnemonic() {
        return "cos";
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.floating(this, operands);
    }

    /// d(cos a) = -sin(a) da
    @Override
    public Optional<Value> pullback(Builder builder, Value a, Value y, Value dy) {
        return Optional.of(builder.negate(builder.times(dy, builder.add(new Sin(), a))));
    }

    @Override
    public double scalar(double a) {
        return Math.cos(a);
    }

    @Override
    public Expr loop(Expr a) {
        return new Expr.Call(Expr.Function.COS, a);
    }
}
