package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// a * b
public record Multiply() implements Binary {

    @Override
    public String mnemonic() {
        return "multiply";
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.number(this, operands);
    }

    /// d(a * b) = da * b + a * db, so d(a * a) = 2 a da
    @Override
    public List<Optional<Value>> pullback(Builder builder, Value a, Value b, Value y, Value dy) {
        if (a.equals(b)) {
            return List.of(Optional.of(builder.times(builder.times(dy, a), builder.like(a, 2))), Optional.empty());
        }
        return List.of(Optional.of(builder.times(dy, b)), Optional.of(builder.times(dy, a)));
    }

    @Override
    public double scalar(double a, double b) {
        return a * b;
    }

    @Override
    public Expr loop(Expr a, Expr b) {
        return new Expr.Binary(Expr.BinaryOp.MULTIPLY, a, b);
    }
}
