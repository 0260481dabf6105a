package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// the smaller of both; a NaN gives NaN
public record Minimum() implements Elementwise {

    @Override
    public String mnemonic() {
        return "minimum";
    }

    @Override
    public int arity() {
        return 2;
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.number(this, operands);
    }

    /// d min(a, b) = da where a < b, db elsewhere: a tie goes to b. The result is smaller than b just where a is, so a need not be kept.
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        Value dy = cotangents.getFirst().orElseThrow();
        Value b = equation.operands().get(1);
        Value zero = builder.like(dy, 0);
        Value isA = builder.compare(Compare.Relation.LESS, equation.result(), b);
        return List.of(Optional.of(builder.select(isA, dy, zero)), Optional.of(builder.select(isA, zero, dy)));
    }

    @Override
    public double scalar(double... operands) {
        return Math.min(operands[0], operands[1]);
    }

    @Override
    public Expr loop(List<Expr> operands) {
        return new Expr.Binary(Expr.BinaryOp.MIN, operands.get(0), operands.get(1));
    }
}
