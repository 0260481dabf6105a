package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// logical and
public record And() implements Binary {

    @Override
    public String mnemonic() {
        return "and";
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.bool(this, operands);
    }

    /// Truth has no slope.
    @Override
    public List<Optional<Value>> pullback(Builder builder, Value a, Value b, Value y, Value dy) {
        return List.of(Optional.empty(), Optional.empty());
    }

    @Override
    public double scalar(double a, double b) {
        return a * b;
    }

    @Override
    public Expr loop(Expr a, Expr b) {
        return new Expr.Binary(Expr.BinaryOp.AND, a, b);
    }
}
