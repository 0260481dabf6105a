package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// e^a
public record Exp() implements Unary {

    @Override
    public String mnemonic() {
        return "exp";
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.floating(this, operands);
    }

    /// d(e^a) = e^a da
    @Override
    public Optional<Value> pullback(Builder builder, Value a, Value y, Value dy) {
        return Optional.of(builder.times(dy, y));
    }

    @Override
    public double scalar(double a) {
        return Math.exp(a);
    }

    @Override
    public Expr loop(Expr a) {
        return new Expr.Call(Expr.Function.EXP, a);
    }
}
