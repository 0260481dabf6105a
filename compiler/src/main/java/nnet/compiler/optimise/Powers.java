package nnet.compiler.optimise;

import java.util.List;
import java.util.Optional;
import nnet.compiler.tensor.Divide;
import nnet.compiler.tensor.Exp;
import nnet.compiler.tensor.Multiply;
import nnet.compiler.tensor.Op;
import nnet.compiler.tensor.Power;
import nnet.compiler.tensor.Sqrt;
import nnet.compiler.tensor.Value;

/// Powers with constant exponents are products and roots, which are exact to the last bit or nearly so.
final class Powers {

    /// Beyond this the logarithm is cheaper.
    private static final int LARGEST = 16;

    private Powers() {
    }

    /// x^0 -> 1, x^n -> x * ... * x, x^(n + 1/2) -> x^n sqrt x, x^-b -> 1 / x^b
    static Optional<Value> constantExponent(Rewriter r, Op op, List<Value> x) {
        if (!(op instanceof Power) || r.constant(x.get(1)).isEmpty()) {
            return Optional.empty();
        }
        Value base = x.get(0);
        double exponent = r.constant(x.get(1)).orElseThrow();
        double magnitude = Math.abs(exponent);
        int whole = (int) magnitude;
        boolean isHalf = magnitude - whole == 0.5;
        if (magnitude > LARGEST || magnitude != whole && !isHalf) {
            return Optional.empty();
        }
        Optional<Value> product = whole == 0 ? Optional.empty() : Optional.of(product(r, base, whole));
        Optional<Value> root = isHalf ? Optional.of(r.add(new Sqrt(), base)) : Optional.empty();
        Value positive = product.flatMap(p -> root.map(q -> r.add(new Multiply(), p, q)).or(() -> product)).or(() -> root)
                .orElseGet(() -> r.like(base, 1));
        return Optional.of(exponent < 0 ? r.add(new Divide(), r.like(base, 1), positive) : positive);
    }

    /// c^x -> e^(x log c) for a constant c > 0, whose logarithm is known more precisely than code would compute it
    static Optional<Value> constantBase(Rewriter r, Op op, List<Value> x) {
        if (!(op instanceof Power) || r.constant(x.get(0)).orElse(0) <= 0) {
            return Optional.empty();
        }
        Value log = r.like(x.get(0), Math.log(r.constant(x.get(0)).orElseThrow()));
        return Optional.of(r.add(new Exp(), r.add(new Multiply(), x.get(1), log)));
    }

    /// By repeated squaring: x^n = (x^(n/2))^2, times x for odd n.
    private static Value product(Rewriter r, Value x, int n) {
        if (n == 1) {
            return x;
        }
        Value half = product(r, x, n / 2);
        Value square = r.add(new Multiply(), half, half);
        return n % 2 == 0 ? square : r.add(new Multiply(), square, x);
    }
}
