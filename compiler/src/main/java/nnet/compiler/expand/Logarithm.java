package nnet.compiler.expand;

import static nnet.compiler.expand.Lets.add;
import static nnet.compiler.expand.Lets.and;
import static nnet.compiler.expand.Lets.arithmeticShiftRight;
import static nnet.compiler.expand.Lets.equal;
import static nnet.compiler.expand.Lets.floatOfBits;
import static nnet.compiler.expand.Lets.fma;
import static nnet.compiler.expand.Lets.integerBits;
import static nnet.compiler.expand.Lets.less;
import static nnet.compiler.expand.Lets.multiply;
import static nnet.compiler.expand.Lets.polynomial;
import static nnet.compiler.expand.Lets.select;
import static nnet.compiler.expand.Lets.subtract;

import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;

/// `log` and `log1p`.
///
/// The argument is 2^e (1 + f) with 1 + f in [sqrt(1/2), sqrt(2)), taken from the bits; the result is e ln 2 + log(1 + f), where
/// log(1 + f) = f - f^2 / 2 + f^3 P(f) with the minimax P of relative error 5.8e-9.
final class Logarithm {

    private static final int SQRT_HALF_BITS = 0x3F3504F3;
    private static final double SMALLEST_NORMAL = 0x1p-126;

    /// ln 2 in two parts; e times the first is exact.
    private static final double LN2_HIGH = 0x1.62e4p-1;
    private static final double LN2_LOW = 0x1.7f7d1cp-20;

    private static final double[] TAIL = {0.3333333134651184, -0.2500081956386566, 0.2000124156475067, -0.166234090924263,
        0.14201581478118896,
        -0.1315961331129074, 0.12762197852134705, -0.0763639509677887};

    private Logarithm() {
    }

    /// Error at most 1.0 ulp; subnormal arguments too.
    static Expr log(Expr x, Lets lets) {
        Expr tiny = lets.let("tiny", less(x, Expr.f32(SMALLEST_NORMAL)));
        Expr normal = lets.let("x", select(tiny, multiply(x, Expr.f32(0x1p23)), x));
        Expr above = lets.let("i", subtract(integerBits(normal), Expr.i32(SQRT_HALF_BITS)));
        Expr exponent = lets.let("e", new Expr.Convert(ElementType.F32, arithmeticShiftRight(above, 23)));
        Expr mantissa = floatOfBits(add(and(above, 0x007FFFFF), Expr.i32(SQRT_HALF_BITS)));
        Expr f = lets.let("f", subtract(mantissa, Expr.f32(1)));
        Expr e = lets.let("e", select(tiny, subtract(exponent, Expr.f32(23)), exponent));
        return special(x, Expr.f32(0), combine(e, f, lets), lets);
    }

    /// Error at most 1.4 ulp.
    ///
    /// The exponent is that of u = 1 + x rounded, but f comes from x itself: f = x 2^-e + (2^-e - 1), where only the last step rounds.
    static Expr log1p(Expr x, Lets lets) {
        Expr above = lets.let("i", subtract(integerBits(add(x, Expr.f32(1))), Expr.i32(SQRT_HALF_BITS)));
        Expr exponent = lets.let("k", and(above, 0xFF800000));
        // Four times the scale, which has a normal float for every exponent.
        Expr scale = lets.let("s", floatOfBits(subtract(Expr.i32(129 << 23), exponent)));
        Expr f = lets.let("f", multiply(fma(x, scale, subtract(scale, Expr.f32(4))), Expr.f32(0.25)));
        Expr e = lets.let("e", new Expr.Convert(ElementType.F32, arithmeticShiftRight(exponent, 23)));
        return special(x, Expr.f32(-1), combine(e, f, lets), lets);
    }

    private static Expr combine(Expr e, Expr f, Lets lets) {
        Expr square = lets.let("s", multiply(f, f));
        Expr tail = lets.let("p", polynomial(f, TAIL));
        Expr low = fma(e, Expr.f32(LN2_LOW), multiply(multiply(f, square), tail));
        Expr small = lets.let("q", fma(square, Expr.f32(-0.5), low));
        return lets.let("y", fma(e, Expr.f32(LN2_HIGH), add(f, small)));
    }

    /// Infinite and NaN arguments are their own results; the pole gives -infinity, what is below it NaN.
    private static Expr special(Expr x, Expr pole, Expr result, Lets lets) {
        Expr below = lets.let("y", select(equal(x, pole), Expr.f32(Double.NEGATIVE_INFINITY), Expr.f32(Double.NaN)));
        Expr finite = lets.let("y", select(less(pole, x), result, below));
        return select(less(x, Expr.f32(Double.POSITIVE_INFINITY)), finite, x);
    }
}
