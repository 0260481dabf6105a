package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// log(1 + e^a), stable
public record Softplus() implements Elementwise {

    @Override
    public String mnemonic() {
        return "softplus";
    }

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.floating(this, operands);
    }

    /// d(log(1 + e^a)) = sigmoid(a) da
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        Value dy = cotangents.getFirst().orElseThrow();
        Value a = equation.operands().getFirst();
        return List.of(Optional.of(builder.times(dy, builder.add(new Sigmoid(), a))));
    }

    @Override
    public double scalar(double... operands) {
        return Math.max(operands[0], 0) + Math.log1p(Math.exp(-Math.abs(operands[0])));
    }

    @Override
    public Expr loop(List<Expr> operands) {
        return new Expr.Call(Expr.Function.SOFTPLUS, operands.getFirst());
    }
}
