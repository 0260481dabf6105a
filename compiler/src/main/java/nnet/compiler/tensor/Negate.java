package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// -a
public record Negate() implements Elementwise {

    @Override
    public String mnemonic() {
        return "negate";
    }

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.number(this, operands);
    }

    /// d(-a) = -da
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        Value dy = cotangents.getFirst().orElseThrow();
        return List.of(Optional.of(builder.negate(dy)));
    }

    @Override
    public double scalar(double... operands) {
        return -operands[0];
    }

    @Override
    public Expr loop(List<Expr> operands) {
        return new Expr.Unary(Expr.UnaryOp.NEGATE, operands.getFirst());
    }
}
