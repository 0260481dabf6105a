package nnet.compiler.emit;

import java.util.function.Function;
import nnet.compiler.code.Expression;
import nnet.compiler.code.Local;

/// Rounding to whole numbers, for which the Vector API has no operation, from exact ones; F32 and F64 alike.
final class Rounding {

    private final VectorContext context;
    private final VectorKind kind;
    private final Function<Expression, Local> keep;

    /// @param keep makes a local of an expression that is used more than once
    Rounding(VectorContext context, VectorKind kind, Function<Expression, Local> keep) {
        this.context = context;
        this.kind = kind;
        this.keep = keep;
    }

    /// To the nearest whole number, to the even one of two. From 2^23 on (F64: 2^52) there are only whole numbers; below, adding that limit leaves no
    /// room for a fraction, and IEEE addition has rounded as wanted. Zeros, large numbers and NaN stay as they are.
    Expression nearest(Expression operand) {
        Local x = keep.apply(operand);
        Local size = keep.apply(kind.unary("abs", x));
        Expression limit = constant(kind == VectorKind.F32 ? 0x1p23 : 0x1p52);
        Local rounded = keep.apply(kind.binary("sub", kind.binary("add", size, limit), limit));
        Expression signed = kind.blend(rounded, kind.unary("neg", rounded), kind.compare("LT", x, constant(0)));
        Expression changes = VectorKind.combine("and", kind.compare("LT", size, limit), kind.compare("NE", x, constant(0)));
        return kind.blend(x, signed, changes);
    }

    /// Towards negative infinity: one less where rounding went up.
    Expression down(Expression operand) {
        Local x = keep.apply(operand);
        Local near = keep.apply(nearest(x));
        return kind.blend(near, kind.binary("sub", near, constant(1)), kind.compare("LT", x, near));
    }

    private Expression constant(double value) {
        return context.literal(VectorValues.literal(kind, value));
    }
}
