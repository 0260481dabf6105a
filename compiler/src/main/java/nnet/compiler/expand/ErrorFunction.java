package nnet.compiler.expand;

import static nnet.compiler.expand.Lets.atLeast;
import static nnet.compiler.expand.Lets.atMost;
import static nnet.compiler.expand.Lets.divide;
import static nnet.compiler.expand.Lets.multiply;
import static nnet.compiler.expand.Lets.polynomial;

import nnet.compiler.loop.Expr;

/// `erf`(x) = x P(x^2) / Q(x^2) on [-3.95, 3.95], the minimax fit with P and Q of degree 5 and relative error 2.1e-8. All coefficients are positive, so
/// nothing cancels, and the function is odd to the bit. Beyond the interval the square stays, and the result is 1.
final class ErrorFunction {

    private static final double LIMIT = 3.95;

    private static final double[] NUMERATOR = {1.1283791438181727, 0.19154871092982684, 0.05287523812586986, 0.0038080932599660728,
        0.000284686251130818,
        2.0259215139187334e-06};
    private static final double[] DENOMINATOR = {1, 0.5030883014134903, 0.11455896490193285, 0.015054953836938301, 0.0011707092513729245,
        3.7831862535640334e-05};

    private ErrorFunction() {
    }

    /// Error at most 5.5 ulp (next to 1, where an ulp is 6e-8); never outside [-1, 1].
    static Expr erf(Expr x, Lets lets) {
        Expr square = lets.let("s", atMost(lets.let("s", multiply(x, x)), LIMIT * LIMIT));
        Expr numerator = lets.let("p", multiply(x, polynomial(square, NUMERATOR)));
        Expr denominator = lets.let("q", polynomial(square, DENOMINATOR));
        // Rounding may have carried the quotient beyond 1, and beyond the interval it grows.
        Expr quotient = lets.let("y", atMost(lets.let("y", divide(numerator, denominator)), 1));
        return atLeast(quotient, -1);
    }
}
