package nnet.compiler.expand;

import static nnet.compiler.expand.Lets.add;
import static nnet.compiler.expand.Lets.atLeast;
import static nnet.compiler.expand.Lets.atMost;
import static nnet.compiler.expand.Lets.floatOfBits;
import static nnet.compiler.expand.Lets.fma;
import static nnet.compiler.expand.Lets.integerBits;
import static nnet.compiler.expand.Lets.multiply;
import static nnet.compiler.expand.Lets.polynomial;
import static nnet.compiler.expand.Lets.shiftLeft;
import static nnet.compiler.expand.Lets.subtract;

import nnet.compiler.loop.Expr;

/// `exp` and `expm1`.
///
/// With n = round(x / ln 2) and r = x - n ln 2 in [-ln 2 / 2, ln 2 / 2] (ln 2 in two parts after W. J. Cody and W. Waite, *Software Manual for the
/// Elementary Functions*, 1980, chapter 6): e^x = 2^n e^r and e^x - 1 = 2^n (e^r - 1) + (2^n - 1).
/// The polynomial is the minimax fit of e^r with relative error 3.1e-9, its coefficients rounded to `f32` one after the other.
final class Exponential {

    /// Beyond this e^x is infinite, at any distance.
    private static final double OVERFLOW = 89;
    /// At this and below e^x counts as zero: n is -126 and the half scale below is 2^-127, which has no normal form.
    private static final double UNDERFLOW = -87;

    private static final double LOG2_E = 0x1.715476p+0;
    private static final double LN2_HIGH = 0x1.62e43p-1;
    private static final double LN2_LOW = -0x1.05c61p-29;

    /// (e^r - 1 - r) / r^2
    private static final double[] TAIL = {0x1.fffffcp-2, 0x1.555492p-3, 0x1.5558bp-5, 0x1.12398ep-7, 0x1.6a4d6p-10};

    private Exponential() {
    }

    /// Error at most 1.0 ulp; results below 2^-125.5 (x < -86.99) are 0.
    static Expr exp(Expr x, Lets lets) {
        return expOfNegative(lets.let("x", atMost(x, OVERFLOW)), lets);
    }

    /// `exp` without the care for large arguments: `x` must not be above `OVERFLOW`.
    static Expr expOfNegative(Expr x, Lets lets) {
        Reduced reduced = reduce(lets.let("x", atLeast(x, UNDERFLOW)), lets);
        // Twice the polynomial times half the scale: 2^128 would have no float.
        Expr twice = lets.let("p", polynomial(reduced.r, 2, 2, 2 * TAIL[0], 2 * TAIL[1], 2 * TAIL[2], 2 * TAIL[3], 2 * TAIL[4]));
        return multiply(twice, reduced.halfScale);
    }

    /// Error at most 1.4 ulp.
    static Expr expm1(Expr x, Lets lets) {
        // Below -25 the result is -1 in any case.
        Reduced reduced = reduce(lets.let("x", atLeast(lets.let("x", atMost(x, OVERFLOW)), -25)), lets);
        Expr tail = lets.let("p", polynomial(reduced.r, TAIL));
        Expr square = lets.let("s", multiply(reduced.r, reduced.r));
        Expr small = lets.let("q", fma(tail, square, reduced.r));
        Expr half = fma(small, reduced.halfScale, subtract(reduced.halfScale, Expr.f32(0.5)));
        return multiply(lets.let("h", half), Expr.f32(2));
    }

    /// x = n ln 2 + r, and 2^(n - 1).
    private record Reduced(Expr r, Expr halfScale) {
    }

    private static Reduced reduce(Expr x, Lets lets) {
        Expr shifted = lets.let("t", fma(x, Expr.f32(LOG2_E), Expr.f32(Lets.ROUNDER)));
        Expr n = lets.let("n", subtract(shifted, Expr.f32(Lets.ROUNDER)));
        Expr r = lets.let("r", fma(n, Expr.f32(-LN2_LOW), fma(n, Expr.f32(-LN2_HIGH), x)));
        // n is in the low bits of `shifted`; 126 is the biased exponent of one half.
        Expr half = floatOfBits(add(shiftLeft(integerBits(shifted), 23), Expr.i32(126 << 23)));
        return new Reduced(r, lets.let("h", half));
    }
}
