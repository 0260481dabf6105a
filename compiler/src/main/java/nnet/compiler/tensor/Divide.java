package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// a / b; integers truncate towards zero
public record Divide() implements Binary {

    @Override
    public String mnemonic() {
        return "divide";
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.number(this, operands);
    }

    /// d(a / b) = da / b - (a / b) db / b
    @Override
    public List<Optional<Value>> pullback(Builder builder, Value a, Value b, Value y, Value dy) {
        Value quotient = builder.over(dy, b);
        return List.of(Optional.of(quotient), Optional.of(builder.negate(builder.times(quotient, y))));
    }

    @Override
    public double scalar(double a, double b) {
        return a / b;
    }

    @Override
    public Expr loop(Expr a, Expr b) {
        return new Expr.Binary(Expr.BinaryOp.DIVIDE, a, b);
    }
}
