package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// the largest whole number that is not above a
public record Floor() implements Elementwise {

    @Override
    public String mnemonic() {
        return "floor";
    }

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.floating(this, operands);
    }

    /// The slope is 0 wherever there is one.
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        return List.of(Optional.empty());
    }

    @Override
    public double scalar(double... operands) {
        return Math.floor(operands[0]);
    }

    @Override
    public Expr loop(List<Expr> operands) {
        return new Expr.Unary(Expr.UnaryOp.FLOOR, operands.getFirst());
    }
}
