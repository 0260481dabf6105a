package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// 1 / (1 + e^-a), stable
public record Sigmoid() implements Elementwise {

    @Override
    public String mnemonic() {
        return "sigmoid";
    }

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.floating(this, operands);
    }

    /// d(sigmoid a) = y (1 - y) da
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        Value dy = cotangents.getFirst().orElseThrow();
        Value y = equation.result();
        Value slope = builder.times(y, builder.minus(builder.like(y, 1), y));
        return List.of(Optional.of(builder.times(dy, slope)));
    }

    @Override
    public double scalar(double... operands) {
        double e = Math.exp(-Math.abs(operands[0]));
        return operands[0] >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    @Override
    public Expr loop(List<Expr> operands) {
        return new Expr.Call(Expr.Function.SIGMOID, operands.getFirst());
    }
}
