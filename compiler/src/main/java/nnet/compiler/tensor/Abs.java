package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// absolute value
public record Abs() implements Unary {

    @Override
    public String mnemonic() {
        return "abs";
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.number(this, operands);
    }

    /// d|a| = sign(a) da
    @Override
    public Optional<Value> pullback(Builder builder, Value a, Value y, Value dy) {
        return Optional.of(builder.times(dy, builder.add(new Sign(), a)));
    }

    @Override
    public double scalar(double a) {
        return Math.abs(a);
    }

    @Override
    public Expr loop(Expr a) {
        return new Expr.Unary(Expr.UnaryOp.ABS, a);
    }
}
