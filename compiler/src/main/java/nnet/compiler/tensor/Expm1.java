package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// e^a - 1, exact near 0
public record Expm1() implements Elementwise {

    @Override
    public String mnemonic() {
        return "expm1";
    }

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.floating(this, operands);
    }

    /// d(e^a - 1) = e^a da = (y + 1) da
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        Value dy = cotangents.getFirst().orElseThrow();
        Value y = equation.result();
        return List.of(Optional.of(builder.times(dy, builder.plus(y, builder.like(y, 1)))));
    }

    @Override
    public double scalar(double... operands) {
        return Math.expm1(operands[0]);
    }

    @Override
    public Expr loop(List<Expr> operands) {
        return new Expr.Call(Expr.Function.EXPM1, operands.getFirst());
    }
}
