package nnet.compiler.emit;

import static nnet.compiler.code.Expression.call;
import static nnet.compiler.code.Expression.constant;
import static nnet.compiler.code.Expression.subtract;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import nnet.compiler.code.Arithmetic;
import nnet.compiler.code.Condition;
import nnet.compiler.code.Expression;
import nnet.compiler.code.Local;
import nnet.compiler.code.Method;
import nnet.compiler.code.Statement;
import nnet.compiler.code.Type;
import nnet.compiler.code.While;
import nnet.compiler.loop.Variable;

/// `int left = word; while (left != 0) { int index = Integer.numberOfTrailingZeros(left); left = left & (left - 1); ... }`
final class MarkedLoop {

    private static final Method PLACE = Method.ofClass(Type.of("java.lang.Integer"), "numberOfTrailingZeros", Type.INT, Type.INT);

    private MarkedLoop() {}

    /// @param body what is done for a bit, asked for when its index is known
    static List<Statement> of(Scope scope, Variable index, Expression word, Supplier<List<Statement>> body) {
        Local left = scope.local("left", Type.INT);
        List<Statement> step = new ArrayList<>();
        step.add(new Statement.Declare(scope.declare(index), call(PLACE, left)));
        step.add(new Statement.Assign(left, Arithmetic.of(Arithmetic.Operator.AND, left, subtract(left, constant(1)))));
        step.addAll(body.get());
        return List.of(new Statement.Declare(left, word),
                new While(new Condition.Compare(Condition.Relation.NOT_EQUAL, left, constant(0)), step));
    }
}
