package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// logical not
public record Not() implements Elementwise {

    @Override
    public String mnemonic() {
        return "not";
    }

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.bool(this, operands);
    }

    /// Truth has no slope.
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        return List.of(Optional.empty());
    }

    @Override
    public double scalar(double... operands) {
        return 1 - operands[0];
    }

    @Override
    public Expr loop(List<Expr> operands) {
        return new Expr.Unary(Expr.UnaryOp.NOT, operands.getFirst());
    }
}
