package nnet.compiler.expand;

import java.util.ArrayList;
import java.util.List;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.loop.Expr.UnaryOp;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.type.ElementType;

/// A sequence of `Let`s under construction, and the words of arithmetic that formulas are written in.
///
/// Formulas choose operations that are one machine instruction in vector form: a comparison with a blend for minimum, maximum and special cases, and the addition
/// of a large constant for rounding to an integer, whose low bits then hold that integer.
final class Lets {

    /// 1.5 * 2^23: between 2^23 and 2^24 floats are the integers, so adding this rounds to one (ties to even) for |x| < 2^22.
    static final double ROUNDER = 0x1.8p23;

    private final Fresh fresh;
    private final List<Stmt> statements = new ArrayList<>();

    Lets(Fresh fresh) {
        this.fresh = fresh;
    }

    List<Stmt> statements() {
        return List.copyOf(statements);
    }

    /// The value under a name, so that it can be used more than once; what costs nothing stays as it is.
    Expr let(String name, Expr value) {
        if (value instanceof Expr.Read || value instanceof Expr.Literal) {
            return value;
        }
        Variable variable = fresh.variable(name, value.type());
        statements.add(new Stmt.Let(variable, value));
        return new Expr.Read(variable);
    }

    /// c0 + x * (c1 + x * (c2 + ...)), by Horner's rule with fma.
    static Expr polynomial(Expr x, double... coefficients) {
        Expr sum = Expr.f32(coefficients[coefficients.length - 1]);
        for (int i = coefficients.length - 2; i >= 0; i--) {
            sum = fma(sum, x, Expr.f32(coefficients[i]));
        }
        return sum;
    }

    static Expr add(Expr a, Expr b) {
        return Expr.add(a, b);
    }

    static Expr subtract(Expr a, Expr b) {
        return new Expr.Binary(BinaryOp.SUBTRACT, a, b);
    }

    static Expr multiply(Expr a, Expr b) {
        return Expr.multiply(a, b);
    }

    static Expr divide(Expr a, Expr b) {
        return new Expr.Binary(BinaryOp.DIVIDE, a, b);
    }

    static Expr fma(Expr a, Expr b, Expr c) {
        return new Expr.Fma(a, b, c);
    }

    static Expr negate(Expr a) {
        return new Expr.Unary(UnaryOp.NEGATE, a);
    }

    static Expr abs(Expr a) {
        return new Expr.Unary(UnaryOp.ABS, a);
    }

    static Expr less(Expr a, Expr b) {
        return new Expr.Binary(BinaryOp.LESS, a, b);
    }

    static Expr equal(Expr a, Expr b) {
        return new Expr.Binary(BinaryOp.EQUAL, a, b);
    }

    static Expr select(Expr condition, Expr then, Expr otherwise) {
        return new Expr.Select(condition, then, otherwise);
    }

    /// `x`, but at least `low`; a NaN stays one.
    static Expr atLeast(Expr x, double low) {
        return select(less(x, Expr.f32(low)), Expr.f32(low), x);
    }

    /// `x`, but at most `high`; a NaN stays one.
    static Expr atMost(Expr x, double high) {
        return select(less(Expr.f32(high), x), Expr.f32(high), x);
    }

    static Expr integerBits(Expr x) {
        return new Expr.Bits(ElementType.I32, x);
    }

    static Expr floatOfBits(Expr bits) {
        return new Expr.Bits(ElementType.F32, bits);
    }

    static Expr shiftLeft(Expr a, int bits) {
        return new Expr.Binary(BinaryOp.SHIFT_LEFT, a, Expr.i32(bits));
    }

    static Expr arithmeticShiftRight(Expr a, int bits) {
        return new Expr.Binary(BinaryOp.ARITHMETIC_SHIFT_RIGHT, a, Expr.i32(bits));
    }

    static Expr and(Expr a, int bits) {
        return new Expr.Binary(BinaryOp.AND, a, Expr.i32(bits));
    }

    static Expr xor(Expr a, Expr b) {
        return new Expr.Binary(BinaryOp.XOR, a, b);
    }
}
