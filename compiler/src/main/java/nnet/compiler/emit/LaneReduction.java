package nnet.compiler.emit;

import static nnet.compiler.code.Expression.add;
import static nnet.compiler.code.Expression.constant;
import static nnet.compiler.code.Expression.subtract;

import java.util.ArrayList;
import java.util.List;
import nnet.compiler.code.Expression;
import nnet.compiler.code.Local;
import nnet.compiler.code.Loop;
import nnet.compiler.code.Statement;
import nnet.compiler.code.Type;
import nnet.compiler.loop.Stmt;

/// A reduction in virtual lanes as plain Java: the lanes lie in an array. The inner loop over all lanes is one that HotSpot runs in vectors by itself.
final class LaneReduction {

    private final Scope scope;
    private final Scalar scalar;
    private final Nest nest;

    LaneReduction(Scope scope, Scalar scalar, Nest nest) {
        this.scope = scope;
        this.scalar = scalar;
        this.nest = nest;
    }

    List<Statement> statements(Stmt.Reduce reduce) {
        List<Statement> out = new ArrayList<>();
        Scope.Place room = scope.place(Scratch.room(reduce.result().type()));
        Local lane = scope.local("lane", Type.INT);
        Expression neutral = scalar.expression(Scalar.neutral(reduce.combine(), reduce.result().type()));
        out.add(Loop.over(lane, constant(0), constant(reduce.lanes()), 1,
                List.of(new Statement.SetElement(room.array(), room.index(lane), neutral))));
        Expression from = Bounds.fixed(scope, scalar.expression(reduce.from()), "begin", out);
        Expression end = Bounds.fixed(scope, scalar.expression(reduce.to()), "end", out);
        Expression whole = Bounds.fixed(scope, Bounds.whole(from, end, reduce.lanes()), "whole", out);
        Local block = scope.local("block", Type.INT);
        Local inner = scope.local("lane", Type.INT);
        out.add(Loop.over(block, from, whole, reduce.lanes(),
                List.of(Loop.over(inner, constant(0), constant(reduce.lanes()), 1, step(reduce, room, block, inner)))));
        Local rest = scope.local("lane", Type.INT);
        out.add(Loop.over(rest, constant(0), subtract(end, whole), 1, step(reduce, room, whole, rest)));
        out.add(new Statement.Declare(scope.declare(reduce.result()), tree(reduce, room, 0, 1)));
        return out;
    }

    /// One element goes to its lane.
    private List<Statement> step(Stmt.Reduce reduce, Scope.Place room, Expression block, Local lane) {
        scope.bind(reduce.index(), add(block, lane));
        List<Statement> out = new ArrayList<>(nest.statements(reduce.body()));
        Expression index = room.index(lane);
        Expression combined = Scalar.combine(reduce.combine(), room.array().at(index), scalar.expression(reduce.value()));
        out.add(new Statement.SetElement(room.array(), index, combined));
        return out;
    }

    /// What lane `lane` holds when only `width` lanes are left: it has been combined with the lane `width` further, each time that the width was halved.
    static Expression tree(Stmt.Reduce reduce, Scope.Place room, int lane, int width) {
        if (width == reduce.lanes()) {
            return room.array().at(room.index(constant(lane)));
        }
        return Scalar.combine(reduce.combine(), tree(reduce, room, lane, 2 * width), tree(reduce, room, lane + width, 2 * width));
    }
}
