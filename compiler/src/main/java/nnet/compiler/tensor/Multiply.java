package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// a * b
public record Multiply() implements Elementwise {

    @Override
    public String mnemonic() {
        return "multiply";
    }

    @Override
    public int arity() {
        return 2;
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.number(this, operands);
    }

    /// d(a * b) = da * b + a * db, so d(a * a) = 2 a da
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        Value dy = cotangents.getFirst().orElseThrow();
        Value a = equation.operands().get(0);
        Value b = equation.operands().get(1);
        if (a.equals(b)) {
            return List.of(Optional.of(builder.times(builder.times(dy, a), builder.like(a, 2))), Optional.empty());
        }
        return List.of(Optional.of(builder.times(dy, b)), Optional.of(builder.times(dy, a)));
    }

    @Override
    public double scalar(double... operands) {
        return operands[0] * operands[1];
    }

    @Override
    public Expr loop(List<Expr> operands) {
        return new Expr.Binary(Expr.BinaryOp.MULTIPLY, operands.get(0), operands.get(1));
    }
}
