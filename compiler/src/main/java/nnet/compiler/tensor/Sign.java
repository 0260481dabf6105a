package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// -1, 0 or 1; the sign of a zero and a NaN stay as they are
public record Sign() implements Unary {

    @Override
    public String mnemonic() {
        return "sign";
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.number(this, operands);
    }

    /// The slope is 0 wherever there is one.
    @Override
    public Optional<Value> pullback(Builder builder, Value a, Value y, Value dy) {
        return Optional.empty();
    }

    @Override
    public double scalar(double a) {
        return Math.signum(a);
    }

    @Override
    public Expr loop(Expr a) {
        Expr zero = new Expr.Literal(a.type(), 0);
        Expr negative = new Expr.Select(new Expr.Binary(Expr.BinaryOp.LESS, a, zero), new Expr.Literal(a.type(), -1), a);
        return new Expr.Select(new Expr.Binary(Expr.BinaryOp.LESS, zero, a), new Expr.Literal(a.type(), 1), negative);
    }
}
