package nnet.compiler.emit;

import static nnet.compiler.code.Expression.add;
import static nnet.compiler.code.Expression.call;
import static nnet.compiler.code.Expression.constant;
import static nnet.compiler.code.Expression.less;
import static nnet.compiler.code.Expression.subtract;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import nnet.compiler.code.Arithmetic;
import nnet.compiler.code.Condition;
import nnet.compiler.code.Expression;
import nnet.compiler.code.Local;
import nnet.compiler.code.Method;
import nnet.compiler.code.Statement;
import nnet.compiler.code.Type;
import nnet.compiler.code.While;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.type.ElementType;

/// `int left = word; while (left != 0) { int index = Integer.numberOfTrailingZeros(left); left = left & (left - 1); ... }`
///
/// A loop around nothing else becomes a part of it: what goes to the next number changes no vector. Vectors that a loop within a loop changes do not stay in registers on
/// Java 17.
///
/// ```java
/// int w = from - 1;
/// int left = 0;
/// to the next number:
///     while (left == 0 && w < to - 1) {
///         w = w + 1;
///         ...
///         left = word;
///     }
/// while (left != 0) {
///     int index = Integer.numberOfTrailingZeros(left);
///     left = left & (left - 1);
///     ...
///     to the next number
/// }
/// ```
final class MarkedLoop {

    private static final Method PLACE = Method.ofClass(Type.of("java.lang.Integer"), "numberOfTrailingZeros", Type.INT, Type.INT);

    private MarkedLoop() {}

    /// @param body what is done for a bit, asked for when its index is known
    static List<Statement> of(Scope scope, Variable index, Expression word, Supplier<List<Statement>> body) {
        Local left = scope.local("left", Type.INT);
        return List.of(new Statement.Declare(left, word), new While(isLeft(left), bit(scope, index, left, body)));
    }

    /// Whether a loop goes through numbers and does nothing but go through their bits, and name what is the same for all of these.
    static boolean isAround(Stmt.For loop, Lanes lanes) {
        List<Stmt> body = loop.body();
        return loop.step() == 1 && !body.isEmpty() && body.getLast() instanceof Stmt.Marked
                && body.stream().limit(body.size() - 1).allMatch(statement -> isName(statement, lanes));
    }

    private static boolean isName(Stmt statement, Lanes lanes) {
        return statement instanceof Stmt.Let(Variable variable, Expr _) && variable.type() == ElementType.I32
                && !(lanes.varies(variable) && lanes.isNeeded(variable));
    }

    /// @param around a loop of which `isAround` is true
    /// @param body   what is done for a bit
    static List<Statement> flat(Scope scope, Stmt.For around, Lanes lanes, Function<List<Stmt>, List<Statement>> body) {
        Scalar scalar = new Scalar(scope);
        List<Statement> out = new ArrayList<>();
        Expression before = subtract(scalar.expression(around.from()), constant(1));
        Expression last = Bounds.fixed(scope, subtract(scalar.expression(around.to()), constant(1)), "last", out);
        Local number = scope.declare(around.index());
        Local left = scope.local("left", Type.INT);
        out.add(new Statement.Declare(number, before));
        out.add(new Statement.Declare(left, constant(0)));
        List<Statement> next = new ArrayList<>(List.of(new Statement.Assign(number, add(number, constant(1)))));
        for (Stmt statement : around.body()) {
            if (statement instanceof Stmt.Let(Variable variable, Expr value) && !lanes.varies(variable)) {
                Expression named = scalar.expression(value);
                Local name = scope.declare(variable);
                out.add(new Statement.Declare(name, constant(0)));
                next.add(new Statement.Assign(name, named));
            }
        }
        Stmt.Marked marked = (Stmt.Marked) around.body().getLast();
        next.add(new Statement.Assign(left, scalar.expression(marked.word())));
        Condition isOver = new Condition.Compare(Condition.Relation.EQUAL, left, constant(0));
        Statement toNext = new While(new Condition.And(isOver, less(number, last)), next);
        List<Statement> step = bit(scope, marked.index(), left, () -> body.apply(marked.body()));
        step.add(toNext);
        out.add(toNext);
        out.add(new While(isLeft(left), step));
        return out;
    }

    private static Condition isLeft(Local left) {
        return new Condition.Compare(Condition.Relation.NOT_EQUAL, left, constant(0));
    }

    /// What is done for the lowest bit that is left.
    private static List<Statement> bit(Scope scope, Variable index, Local left, Supplier<List<Statement>> body) {
        List<Statement> step = new ArrayList<>();
        step.add(new Statement.Declare(scope.declare(index), call(PLACE, left)));
        step.add(new Statement.Assign(left, Arithmetic.of(Arithmetic.Operator.AND, left, subtract(left, constant(1)))));
        step.addAll(body.get());
        return step;
    }
}
