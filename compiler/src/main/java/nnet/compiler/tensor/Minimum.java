package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// the smaller of both; a NaN gives NaN
public record Minimum() implements Binary {

    @Override
    public String mnemonic() {
        return "minimum";
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.number(this, operands);
    }

    /// d min(a, b) = da where a < b, db elsewhere: a tie goes to b. The result is smaller than b just where a is, so a need not be kept.
    @Override
    public List<Optional<Value>> pullback(Builder builder, Value a, Value b, Value y, Value dy) {
        Value zero = builder.like(dy, 0);
        Value isA = builder.compare(Compare.Relation.LESS, y, b);
        return List.of(Optional.of(builder.select(isA, dy, zero)), Optional.of(builder.select(isA, zero, dy)));
    }

    @Override
    public double scalar(double a, double b) {
        return Math.min(a, b);
    }

    @Override
    public Expr loop(Expr a, Expr b) {
        return new Expr.Binary(Expr.BinaryOp.MIN, a, b);
    }
}
