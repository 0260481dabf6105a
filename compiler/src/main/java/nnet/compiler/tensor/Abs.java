package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// absolute value
public record Abs() implements Elementwise {

    @Override
    public String mnemonic() {
        return "abs";
    }

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.number(this, operands);
    }

    /// d|a| = sign(a) da
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        Value dy = cotangents.getFirst().orElseThrow();
        Value a = equation.operands().getFirst();
        return List.of(Optional.of(builder.times(dy, builder.add(new Sign(), a))));
    }

    @Override
    public double scalar(double... operands) {
        return Math.abs(operands[0]);
    }

    @Override
    public Expr loop(List<Expr> operands) {
        return new Expr.Unary(Expr.UnaryOp.ABS, operands.getFirst());
    }
}
