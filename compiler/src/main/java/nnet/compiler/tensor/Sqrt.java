package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// square root
public record Sqrt() implements Elementwise {

    @Override
    public String mnemonic() {
        return "sqrt";
    }

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.floating(this, operands);
    }

    /// d(sqrt a) = da / (2 sqrt a)
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        Value dy = cotangents.getFirst().orElseThrow();
        Value y = equation.result();
        return List.of(Optional.of(builder.over(builder.times(dy, builder.like(y, 0.5)), y)));
    }

    @Override
    public double scalar(double... operands) {
        return Math.sqrt(operands[0]);
    }

    @Override
    public Expr loop(List<Expr> operands) {
        return new Expr.Unary(Expr.UnaryOp.SQRT, operands.getFirst());
    }
}
