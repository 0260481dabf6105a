package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// error function 2/sqrt(pi) integral of e^(-t^2) from 0 to a
public record Erf() implements Elementwise {

    @Override
    public String mnemonic() {
        return "erf";
    }

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.floating(this, operands);
    }

    /// d(erf a) = 2/sqrt(pi) e^(-a^2) da
    @Override
    public List<Optional<Value>> pullback(Builder builder, Equation equation, List<Optional<Value>> cotangents) {
        Value dy = cotangents.getFirst().orElseThrow();
        Value a = equation.operands().getFirst();
        Value bell = builder.add(new Exp(), builder.negate(builder.times(a, a)));
        return List.of(Optional.of(builder.times(dy, builder.times(bell, builder.like(a, 2 / Math.sqrt(Math.PI))))));
    }

    @Override
    public double scalar(double... operands) {
        double x = operands[0];
        if (Double.isNaN(x) || Math.abs(x) > 6) {
            return Math.signum(x); // 1 - erf(6) is below 2^-53
        }
        // erf x = 2/sqrt(pi) e^(-x^2) sum of 2^n x^(2n+1) / (1 3 5 ... (2n+1)): Abramowitz and Stegun 7.1.6; no term cancels another.
        double sum = 0;
        double term = x;
        for (int n = 0; sum + term != sum; n++) {
            sum += term;
            term *= 2 * x * x / (2 * n + 3);
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
    }

    @Override
    public Expr loop(List<Expr> operands) {
        return new Expr.Call(Expr.Function.ERF, operands.getFirst());
    }
}
