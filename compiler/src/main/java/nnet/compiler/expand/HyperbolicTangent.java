package nnet.compiler.expand;

import static nnet.compiler.expand.Lets.atLeast;
import static nnet.compiler.expand.Lets.atMost;
import static nnet.compiler.expand.Lets.divide;
import static nnet.compiler.expand.Lets.multiply;
import static nnet.compiler.expand.Lets.polynomial;

import nnet.compiler.loop.Expr;

/// `tanh`(x) = x P(x^2) / Q(x^2) on [-9, 9], the minimax fit with P and Q of degree 4 and P(0) = Q(0) = 1, relative error 2.2e-8. All coefficients are
/// positive, so nothing cancels, and the function is odd to the bit. Beyond the interval the square stays, and the result is 1.
final class HyperbolicTangent {

    private static final double LIMIT = 9.02;

    private static final double[] NUMERATOR = {1, 0.13382687868609638, 0.0034974583700569987, 2.063583294527138e-05, 1.338430390727366e-08};
    private static final double[] DENOMINATOR = {1, 0.46716009116451196, 0.02588436362847819, 0.00032885184440046124, 7.7902548245084e-07};

    private HyperbolicTangent() {
    }

    /// Error at most 4.0 ulp (next to 1, where an ulp is 6e-8); never outside [-1, 1].
    static Expr tanh(Expr x, Lets lets) {
        Expr square = lets.let("s", atMost(lets.let("s", multiply(x, x)), LIMIT * LIMIT));
        Expr numerator = lets.let("p", multiply(x, polynomial(square, NUMERATOR)));
        Expr denominator = lets.let("q", polynomial(square, DENOMINATOR));
        // Rounding may have carried the quotient beyond 1, and beyond the interval it grows.
        Expr quotient = lets.let("y", atMost(lets.let("y", divide(numerator, denominator)), 1));
        return atLeast(quotient, -1);
    }
}
