package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// condition ? a : b; operands (condition: bool, a, b)
public record Select() implements Elementwise {

    @Override
    public String mnemonic() {
        return "select";
    }

    @Override
    public int arity() {
        return 3;
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        Require.bool(this, operands.subList(0, 1));
        return Require.same(this, operands.subList(1, 3), ElementType.values());
    }

    /// d(c ? a : b) = c ? da : db
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        Value dy = cotangents.getFirst().orElseThrow();
        Value condition = equation.operands().getFirst();
        Value zero = builder.like(dy, 0);
        return List.of(Optional.empty(), Optional.of(builder.select(condition, dy, zero)),
                Optional.of(builder.select(condition, zero, dy)));
    }

    @Override
    public double scalar(double... operands) {
        return operands[0] != 0 ? operands[1] : operands[2];
    }

    @Override
    public Expr loop(List<Expr> operands) {
        return new Expr.Select(operands.get(0), operands.get(1), operands.get(2));
    }
}
