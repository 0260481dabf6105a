package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// hyperbolic tangent
public record Tanh() implements Elementwise {

    @Override
    public String mnemonic() {
        return "tanh";
    }

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.floating(this, operands);
    }

    /// d(tanh a) = (1 - y^2) da
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        Value dy = cotangents.getFirst().orElseThrow();
        Value y = equation.result();
        Value slope = builder.minus(builder.like(y, 1), builder.times(y, y));
        return List.of(Optional.of(builder.times(dy, slope)));
    }

    @Override
    public double scalar(double... operands) {
        return Math.tanh(operands[0]);
    }

    @Override
    public Expr loop(List<Expr> operands) {
        return new Expr.Call(Expr.Function.TANH, operands.getFirst());
    }
}
