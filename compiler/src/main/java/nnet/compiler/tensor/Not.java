package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// logical not
public record Not() implements Unary {

    @Override
    public String mnemonic() {
        return "not";
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.bool(this, operands);
    }

    /// Truth has no slope.
    @Override
    public Optional<Value> pullback(Builder builder, Value a, Value y, Value dy) {
        return Optional.empty();
    }

    @Override
    public double scalar(double a) {
        return 1 - a;
    }

    @Override
    public Expr loop(Expr a) {
        return new Expr.Unary(Expr.UnaryOp.NOT, a);
    }
}
