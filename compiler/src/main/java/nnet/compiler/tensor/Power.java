package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// a ^ b as `Math.pow` defines it. Constant exponents that are small whole numbers or halves become products and roots before code is made.
public record Power() implements Binary {

    @Override
    public String mnemonic() {
        return "power";
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.floating(this, operands);
    }

    /// d(a^b) = b a^(b-1) da + a^b log(a) db
    ///
    /// Where a is 0, a^b log(a) is taken for its limit 0.
    @Override
    public List<Optional<Value>> pullback(Builder builder, Value a, Value b, Value y, Value dy) {
        Value one = builder.like(b, 1);
        Value zero = builder.like(b, 0);
        Value da = builder.times(b, builder.add(new Power(), a, builder.minus(b, one)));
        Value isZero = builder.compare(Compare.Relation.EQUAL, a, zero);
        Value db = builder.select(isZero, zero, builder.times(y, builder.add(new Log(), a)));
        return List.of(Optional.of(builder.times(dy, da)), Optional.of(builder.times(dy, db)));
    }

    @Override
    public double scalar(double a, double b) {
        return Math.pow(a, b);
    }

    /// |a|^b = e^(b log|a|), negative for a < 0 and odd b, NaN for a < 0 and a broken b, 1 for b = 0. The relative error grows with the exponent of e: about (1 + |b log a|) ulp.
    @Override
    public Expr loop(Expr a, Expr b) {
        Expr one = new Expr.Literal(a.type(), 1);
        Expr half = new Expr.Literal(a.type(), 0.5);
        Expr log = new Expr.Call(Expr.Function.LOG, new Expr.Unary(Expr.UnaryOp.ABS, a));
        Expr magnitude = new Expr.Call(Expr.Function.EXP, Expr.multiply(b, log));
        Expr odd = new Expr.Select(isWhole(Expr.multiply(b, half)), one, new Expr.Literal(a.type(), -1));
        Expr sign = new Expr.Select(isWhole(b), odd, new Expr.Literal(a.type(), Double.NaN));
        Expr negative = new Expr.Binary(BinaryOp.LESS, a, new Expr.Literal(a.type(), 0));
        Expr power = Expr.multiply(magnitude, new Expr.Select(negative, sign, one));
        return new Expr.Select(new Expr.Binary(BinaryOp.EQUAL, b, new Expr.Literal(a.type(), 0)), one, power);
    }

    private static Expr isWhole(Expr a) {
        return new Expr.Binary(BinaryOp.EQUAL, new Expr.Unary(Expr.UnaryOp.FLOOR, a), a);
    }
}
