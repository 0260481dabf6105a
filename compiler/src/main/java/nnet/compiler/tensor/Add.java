package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// a + b
public record Add() implements Elementwise {

    @Override
    public String mnemonic() {
        return "add";
    }

    @Override
    public int arity() {
        return 2;
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.number(this, operands);
    }

    /// d(a + b) = da + db
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        Value dy = cotangents.getFirst().orElseThrow();
        return List.of(Optional.of(dy), Optional.of(dy));
    }

    @Override
    public double scalar(double... operands) {
        return operands[0] + operands[1];
    }

    @Override
    public Expr loop(List<Expr> operands) {
        return new Expr.Binary(Expr.BinaryOp.ADD, operands.get(0), operands.get(1));
    }
}
