package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// sine
public record Sin() implements Unary {

    @Override
    public String mnemonic() {
        return "sin";
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.floating(this, operands);
    }

    /// d(sin a) = cos(a) da
    @Override
    public Optional<Value> pullback(Builder builder, Value a, Value y, Value dy) {
        return Optional.of(builder.times(dy, builder.add(new Cos(), a)));
    }

    @Override
    public double scalar(double a) {
        return Math.sin(a);
    }

    @Override
    public Expr loop(Expr a) {
        return new Expr.Call(Expr.Function.SIN, a);
    }
}
