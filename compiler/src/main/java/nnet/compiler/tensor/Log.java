package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// natural logarithm
public record Log() implements Unary {

    @Override
    public String mnemonic() {
        return "log";
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.floating(this, operands);
    }

    /// d(log a) = da / a
    @Override
    public Optional<Value> pullback(Builder builder, Value a, Value y, Value dy) {
        return Optional.of(builder.over(dy, a));
    }

    @Override
    public double scalar(double a) {
        return Math.log(a);
    }

    @Override
    public Expr loop(Expr a) {
        return new Expr.Call(Expr.Function.LOG, a);
    }
}
