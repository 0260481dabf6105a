package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// a / b; integers truncate towards zero
public record Divide() implements Elementwise {

    @Override
    public String mnemonic() {
        return "divide";
    }

    @Override
    public int arity() {
        return 2;
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.number(this, operands);
    }

    /// d(a / b) = da / b - (a / b) db / b
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        Value dy = cotangents.getFirst().orElseThrow();
        Value quotient = builder.over(dy, equation.operands().get(1));
        return List.of(Optional.of(quotient), Optional.of(builder.negate(builder.times(quotient, equation.result()))));
    }

    @Override
    public double scalar(double... operands) {
        return operands[0] / operands[1];
    }

    @Override
    public Expr loop(List<Expr> operands) {
        return new Expr.Binary(Expr.BinaryOp.DIVIDE, operands.get(0), operands.get(1));
    }
}
