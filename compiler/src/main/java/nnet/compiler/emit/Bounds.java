package nnet.compiler.emit;

import static nnet.compiler.code.Expression.constant;

import java.util.List;
import nnet.compiler.code.Arithmetic;
import nnet.compiler.code.Expression;
import nnet.compiler.code.Local;
import nnet.compiler.code.Statement;
import nnet.compiler.code.Type;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;

/// Where loops end.
final class Bounds {

    private Bounds() {
    }

    /// The value as a constant or a local: a loop must not evaluate its bound again and again.
    static Expression fixed(Scope scope, Expression value, String name, List<Statement> out) {
        if (value instanceof Local || Expression.isConstant(value)) {
            return value;
        }
        Local local = scope.local(name, Type.INT);
        out.add(new Statement.Declare(local, value));
        return local;
    }

    /// The end of the last whole step: `from + (to - from) / step * step`.
    static Expression whole(Expression from, Expression to, int step) {
        return Expression.add(from, Expression
                .multiply(Arithmetic.of(Arithmetic.Operator.DIVIDE, Expression.subtract(to, from), constant(step)), constant(step)));
    }

    static int roundUp(int count, int unit) {
        return (count + unit - 1) / unit * unit;
    }

    static boolean isKnown(Expr from, Expr to) {
        return from instanceof Expr.Literal && to instanceof Expr.Literal;
    }

    /// The number of iterations, where both ends are literals.
    static int count(Expr from, Expr to) {
        return value(to) - value(from);
    }

    static int value(Expr literal) {
        if (literal instanceof Expr.Literal(ElementType type, double value) && type == ElementType.I32) {
            return (int) value;
        }
        throw new IllegalStateException(literal + " is no literal");
    }
}
