package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// logical and
public record And() implements Elementwise {

    @Override
    public String mnemonic() {
        return "and";
    }

    @Override
    public int arity() {
        return 2;
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.bool(this, operands);
    }

    /// Truth has no slope.
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        return List.of(Optional.empty(), Optional.empty());
    }

    @Override
    public double scalar(double... operands) {
        return operands[0] * operands[1];
    }

    @Override
    public Expr loop(List<Expr> operands) {
        return new Expr.Binary(Expr.BinaryOp.AND, operands.get(0), operands.get(1));
    }
}
