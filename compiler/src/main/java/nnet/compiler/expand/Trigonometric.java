package nnet.compiler.expand;

import static nnet.compiler.expand.Lets.abs;
import static nnet.compiler.expand.Lets.add;
import static nnet.compiler.expand.Lets.and;
import static nnet.compiler.expand.Lets.equal;
import static nnet.compiler.expand.Lets.floatOfBits;
import static nnet.compiler.expand.Lets.fma;
import static nnet.compiler.expand.Lets.integerBits;
import static nnet.compiler.expand.Lets.less;
import static nnet.compiler.expand.Lets.multiply;
import static nnet.compiler.expand.Lets.polynomial;
import static nnet.compiler.expand.Lets.select;
import static nnet.compiler.expand.Lets.shiftLeft;
import static nnet.compiler.expand.Lets.subtract;
import static nnet.compiler.expand.Lets.xor;

import nnet.compiler.loop.Expr;

/// `sin` and `cos`.
///
/// With n = round(2 x / pi) and r = x - n pi / 2, in three parts after Cody and Waite, the result is one of +-sin(r), +-cos(r) by the low bits of n.
/// Minimax polynomials on [-0.82, 0.82] (pi/4, and room for a rounding of n that is off), relative errors 5.5e-9 and 2.0e-10.
///
/// Arguments beyond 1e6, where neighbouring floats lie 1/16 radian apart, carry little of a phase: the result is NaN, as it is for infinities.
final class Trigonometric {

    private static final double LIMIT = 1e6;

    private static final double TWO_OVER_PI = 0x1.45f306p-1;
    /// pi / 2 in parts
    private static final double PI_HALF_1 = 0x1.921fb6p+0;
    private static final double PI_HALF_2 = -0x1.777a5cp-25;
    private static final double PI_HALF_3 = -0x1.ee59dap-50;

    /// (sin(r) - r) / r^3 over r^2
    private static final double[] SINE_TAIL = {-0.16666650772094727, 0.00833192653954029, -0.0001948456047102809};
    /// (cos(r) - 1 + r^2 / 2) / r^4 over r^2
    private static final double[] COSINE_TAIL = {0.04166663810610771, -0.0013886959059163928, 2.439365016471129e-05};

    private Trigonometric() {
    }

    /// Error at most 1.5 ulp for |x| <= 1e6; the sign of a zero is lost.
    static Expr sin(Expr x, Lets lets) {
        return ofQuadrant(x, 0, lets);
    }

    /// Error at most 1.5 ulp for |x| <= 1e6.
    static Expr cos(Expr x, Lets lets) {
        return ofQuadrant(x, 1, lets);
    }

    /// sin(x + ahead pi / 2)
    private static Expr ofQuadrant(Expr x, int ahead, Lets lets) {
        Expr shifted = lets.let("t", fma(x, Expr.f32(TWO_OVER_PI), Expr.f32(Lets.ROUNDER)));
        Expr n = lets.let("n", subtract(shifted, Expr.f32(Lets.ROUNDER)));
        Expr near = fma(n, Expr.f32(-PI_HALF_2), fma(n, Expr.f32(-PI_HALF_1), x));
        Expr r = lets.let("r", fma(n, Expr.f32(-PI_HALF_3), near));
        Expr square = lets.let("s", multiply(r, r));
        Expr sine = lets.let("y", fma(multiply(r, square), polynomial(square, SINE_TAIL), r));
        Expr tail = multiply(multiply(square, square), polynomial(square, COSINE_TAIL));
        Expr cosine = lets.let("y", add(Expr.f32(1), fma(square, Expr.f32(-0.5), tail)));
        Expr quadrant = lets.let("q", add(integerBits(shifted), Expr.i32(ahead)));
        Expr either = lets.let("y", select(equal(and(quadrant, 1), Expr.i32(0)), sine, cosine));
        Expr signed = lets.let("y", floatOfBits(xor(integerBits(either), shiftLeft(and(quadrant, 2), 30))));
        return select(less(Expr.f32(LIMIT), lets.let("a", abs(x))), Expr.f32(Double.NaN), signed);
    }
}
