package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// cosine
public record Cos() implements Elementwise {

    @Override
    public String mnemonic() {
        return "cos";
    }

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.floating(this, operands);
    }

    /// d(cos a) = -sin(a) da
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        Value dy = cotangents.getFirst().orElseThrow();
        Value a = equation.operands().getFirst();
        return List.of(Optional.of(builder.negate(builder.times(dy, builder.add(new Sin(), a)))));
    }

    @Override
    public double scalar(double... operands) {
        return Math.cos(operands[0]);
    }

    @Override
    public Expr loop(List<Expr> operands) {
        return new Expr.Call(Expr.Function.COS, operands.getFirst());
    }
}
