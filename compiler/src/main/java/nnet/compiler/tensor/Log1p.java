package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// log(1 + a), exact near 0
public record Log1p() implements Unary {

    @Override
    public String mnemonic() {
        return "log1p";
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.floating(this, operands);
    }

    /// d(log(1 + a)) = da / (1 + a)
    @Override
    public Optional<Value> pullback(Builder builder, Value a, Value y, Value dy) {
        return Optional.of(builder.over(dy, builder.plus(a, builder.like(a, 1))));
    }

    @Override
    public double scalar(double a) {
        return Math.log1p(a);
    }

    @Override
    public Expr loop(Expr a) {
        return new Expr.Call(Expr.Function.LOG1P, a);
    }
}
