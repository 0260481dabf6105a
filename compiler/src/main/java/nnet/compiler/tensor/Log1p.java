package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// log(1 + a), exact near 0
public record Log1p() implements Elementwise {

    @Override
    public String mnemonic() {
        return "log1p";
    }

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.floating(this, operands);
    }

    /// d(log(1 + a)) = da / (1 + a)
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        Value dy = cotangents.getFirst().orElseThrow();
        Value a = equation.operands().getFirst();
        return List.of(Optional.of(builder.over(dy, builder.plus(a, builder.like(a, 1)))));
    }

    @Override
    public double scalar(double... operands) {
        return Math.log1p(operands[0]);
    }

    @Override
    public Expr loop(List<Expr> operands) {
        return new Expr.Call(Expr.Function.LOG1P, operands.getFirst());
    }
}
