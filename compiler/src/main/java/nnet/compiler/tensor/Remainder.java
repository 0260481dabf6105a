package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// a - b * floor(a / b): the remainder with the sign of b
public record Remainder() implements Binary {

    @Override
    public String mnemonic() {
        return "remainder";
    }

    @Override
    public ElementType element(List<TensorType> operands) {
        return Require.number(this, operands);
    }

    /// d(a - b floor(a / b)) = da - floor(a / b) db
    @Override
    public List<Optional<Value>> pullback(Builder builder, Value a, Value b, Value y, Value dy) {
        Value whole = builder.add(new Floor(), builder.over(a, b));
        return List.of(Optional.of(dy), Optional.of(builder.negate(builder.times(dy, whole))));
    }

    @Override
    public double scalar(double a, double b) {
        return a - b * Math.floor(a / b);
    }

    @Override
    public Expr loop(Expr a, Expr b) {
        if (a.type() == ElementType.I32) {
            // Java's remainder has the sign of a; where that is the wrong one, one b more.
            Expr remainder = new Expr.Binary(BinaryOp.REMAINDER, a, b);
            Expr wrong = new Expr.Binary(BinaryOp.LESS, new Expr.Binary(BinaryOp.XOR, remainder, b), Expr.i32(0));
            Expr isZero = new Expr.Binary(BinaryOp.EQUAL, remainder, Expr.i32(0));
            return new Expr.Select(isZero, remainder, new Expr.Select(wrong, Expr.add(remainder, b), remainder));
        }
        Expr whole = new Expr.Unary(Expr.UnaryOp.FLOOR, new Expr.Binary(BinaryOp.DIVIDE, a, b));
        return new Expr.Binary(BinaryOp.SUBTRACT, a, Expr.multiply(b, whole));
    }
}
