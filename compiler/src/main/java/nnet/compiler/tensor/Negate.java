package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// -a
public record Negate() implements Unary {

    @Override
    public String mnemonic() {
        return "negate";
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.number(this, operands);
    }

    /// d(-a) = -da
    @Override
    public Optional<Value> pullback(Builder builder, Value a, Value y, Value dy) {
        return Optional.of(builder.negate(dy));
    }

    @Override
    public double scalar(double a) {
        return -a;
    }

    @Override
    public Expr loop(Expr a) {
        return new Expr.Unary(Expr.UnaryOp.NEGATE, a);
    }
}
