package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// e^a - 1, exact near 0
public record Expm1() implements Unary {

    @Override
    public String mnemonic() {
        return "expm1";
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.floating(this, operands);
    }

    /// d(e^a - 1) = e^a da = (y + 1) da
    @Override
    public Optional<Value> pullback(Builder builder, Value a, Value y, Value dy) {
        return Optional.of(builder.times(dy, builder.plus(y, builder.like(y, 1))));
    }

    @Override
    public double scalar(double a) {
        return Math.expm1(a);
    }

    @Override
    public Expr loop(Expr a) {
        return new Expr.Call(Expr.Function.EXPM1, a);
    }
}
