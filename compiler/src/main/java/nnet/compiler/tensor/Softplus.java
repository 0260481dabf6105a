package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// log(1 + e^a), stable
public record Softplus() implements Unary {

    @Override
    public String mnemonic() {
        return "softplus";
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.floating(this, operands);
    }

    /// d(log(1 + e^a)) = sigmoid(a) da
    @Override
    public Optional<Value> pullback(Builder builder, Value a, Value y, Value dy) {
        return Optional.of(builder.times(dy, builder.add(new Sigmoid(), a)));
    }

    @Override
    public double scalar(double a) {
        return Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a)));
    }

    @Override
    public Expr loop(Expr a) {
        return new Expr.Call(Expr.Function.SOFTPLUS, a);
    }
}
