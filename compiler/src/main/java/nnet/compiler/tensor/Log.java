package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// natural logarithm
public record Log() implements Elementwise {

    @Override
    public String mnemonic() {
        return "log";
    }

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.floating(this, operands);
    }

    /// d(log a) = da / a
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        Value dy = cotangents.getFirst().orElseThrow();
        return List.of(Optional.of(builder.over(dy, equation.operands().getFirst())));
    }

    @Override
    public double scalar(double... operands) {
        return Math.log(operands[0]);
    }

    @Override
    public Expr loop(List<Expr> operands) {
        return new Expr.Call(Expr.Function.LOG, operands.getFirst());
    }
}
