package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// error function 2/sqrt(pi) integral of e^(-t^2) from 0 to a
public record Erf() implements Unary {

    @Override
    public String mnemonic() {
        return "erf";
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.floating(this, operands);
    }

    /// d(erf a) = 2/sqrt(pi) e^(-a^2) da
    @Override
    public Optional<Value> pullback(Builder builder, Value a, Value y, Value dy) {
        Value bell = builder.add(new Exp(), builder.negate(builder.times(a, a)));
        return Optional.of(builder.times(dy, builder.times(bell, builder.like(a, 2 / Math.sqrt(Math.PI)))));
    }

    @Override
    public double scalar(double a) {
        if (Double.isNaN(a) || Math.abs(a) > 6) {
            return Math.signum(a); // 1 - erf(6) is below 2^-53
        }
        // erf a = 2/sqrt(pi) e^(-a^2) sum of 2^n a^(2n+1) / (1 3 5 ... (2n+1)): Abramowitz and Stegun 7.1.6; no term cancels another.
        double sum = 0;
        double term = a;
        for (int n = 0; sum + term != sum; n++) {
            sum += term;
            term *= 2 * a * a / (2 * n + 3);
        }
        return 2 / Math.sqrt(Math.PI) * Math.exp(-a * a) * sum;
    }

    @Override
    public Expr loop(Expr a) {
        return new Expr.Call(Expr.Function.ERF, a);
    }
}
