package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// the largest whole number that is not above a
public record Floor() implements Unary {

    @Override
    public String mnemonic() {
        return "floor";
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.floating(this, operands);
    }

    /// The slope is 0 wherever there is one.
    @Override
    public Optional<Value> pullback(Builder builder, Value a, Value y, Value dy) {
        return Optional.empty();
    }

    @Override
    public double scalar(double a) {
        return Math.floor(a);
    }

    @Override
    public Expr loop(Expr a) {
        return new Expr.Unary(Expr.UnaryOp.FLOOR, a);
    }
}
