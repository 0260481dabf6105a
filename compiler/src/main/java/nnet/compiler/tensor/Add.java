package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// a + b
public record Add() implements Binary {

    @Override
    public String mnemonic() {
        return "add";
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.number(this, operands);
    }

    /// d(a + b) = da + db
    @Override
    public List<Optional<Value>> pullback(Builder builder, Value a, Value b, Value y, Value dy) {
        return List.of(Optional.of(dy), Optional.of(dy));
    }

    @Override
    public double scalar(double a, double b) {
        return a + b;
    }

    @Override
    public Expr loop(Expr a, Expr b) {
        return new Expr.Binary(Expr.BinaryOp.ADD, a, b);
    }
}
