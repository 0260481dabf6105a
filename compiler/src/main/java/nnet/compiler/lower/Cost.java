package nnet.compiler.lower;

import java.util.List;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Literal;
import nnet.compiler.loop.Stmt;
import nnet.compiler.type.ElementType;

/// Counts the arithmetic of one iteration of a kernel: operations on floating point numbers and loads, times the sizes of the loops around them.
final class Cost {

    /// What a function beyond IEEE arithmetic costs, in additions.
    static final int FUNCTION = 20;

    private Cost() {}

    static Expr of(Nest nest) {
        Expr cost = of(nest, nest.body());
        return cost == null ? Expr.i32(1) : cost;
    }

    /// The arithmetic in the innermost loop that is open.
    static int ofInnermost(Nest nest) {
        return of(nest, nest.innermost()) instanceof Literal(ElementType _, double count) ? (int) count : 0;
    }

    private static Expr of(Nest nest, List<Stmt> body) {
        Expr sum = null;
        for (Stmt statement : body) {
            sum = plus(sum, of(nest, statement));
        }
        return sum;
    }

    private static Expr of(Nest nest, Stmt statement) {
        return switch (statement) {
            case Stmt.Let let -> literal(count(let.value()));
            case Stmt.Var var -> literal(count(var.initial()));
            case Stmt.Assign assign -> literal(count(assign.value()));
            case Stmt.Store store -> literal(1 + count(store.value()));
            case Stmt.For loop -> times(nest.trips(loop.index()), of(nest, loop.body()));
            case Stmt.Marked loop -> times(nest.trips(loop.index()), of(nest, loop.body()));
            case Stmt.Vector loop -> times(nest.trips(loop.index()), of(nest, loop.body()));
            case Stmt.Reduce loop -> times(nest.trips(loop.index()), plus(of(nest, loop.body()), literal(1 + count(loop.value()))));
            // One way or the other: where both are there, the second is the one for much work.
            case Stmt.If branch -> of(nest, branch.otherwise().isEmpty() ? branch.then() : branch.otherwise());
            case Stmt.Section section -> of(nest, section.body());
        };
    }

    private static int count(Expr expr) {
        return switch (expr) {
            case Literal _,Expr.Read _ -> 0;
            case Expr.Load _ -> 1;
            case Expr.Unary unary -> one(unary) + count(unary.operand());
            case Expr.Binary binary -> one(binary) + count(binary.left()) + count(binary.right());
            case Expr.Fma fma -> 2 + count(fma.a()) + count(fma.b()) + count(fma.c());
            case Expr.Select select -> one(select) + count(select.condition()) + count(select.then()) + count(select.otherwise());
            case Expr.Convert convert -> count(convert.operand());
            case Expr.Bits bits -> count(bits.operand());
            case Expr.Call call -> FUNCTION + count(call.operand());
        };
    }

    private static int one(Expr expr) {
        return expr.type() == ElementType.I32 ? 0 : 1;
    }

    private static Expr literal(int count) {
        return count == 0 ? null : Expr.i32(count);
    }

    private static Expr plus(Expr left, Expr right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        return left instanceof Literal(ElementType _, double a) && right instanceof Literal(ElementType _, double b)
                ? Expr.i32((int) Math.min(Integer.MAX_VALUE, a + b))
                : Expr.add(left, right);
    }

    private static Expr times(Expr trips, Expr body) {
        if (body == null) {
            return null;
        }
        return trips instanceof Literal(ElementType _, double a) && body instanceof Literal(ElementType _, double b)
                ? Expr.i32((int) Math.min(Integer.MAX_VALUE, a * b))
                : Expr.multiply(trips, body);
    }
}
