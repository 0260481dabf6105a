package nnet.compiler.emit;

import static nnet.compiler.code.Expression.add;
import static nnet.compiler.code.Expression.call;
import static nnet.compiler.code.Expression.constant;
import static nnet.compiler.code.Expression.subtract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nnet.compiler.code.Expression;
import nnet.compiler.code.Local;
import nnet.compiler.code.Loop;
import nnet.compiler.code.Method;
import nnet.compiler.code.Statement;
import nnet.compiler.code.Type;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Stmt;

/// Vector loops and reductions in machine vectors. A step of a loop runs several vectors side by side ("copies"); what remains runs one vector at a time, side by
/// side as well where it is known how many there are, and of the last vector only the elements that belong to the loop are stored. Nothing is masked in a main loop.
final class VectorNest {

    /// Operations of all copies of a body together. HotSpot inlines every one of them, and must not run out of nodes before the last.
    private static final int LARGEST_BODY = 400;

    private static final Method MIN = Method.ofClass(Type.of("java.lang.Math"), "min", Type.INT, Type.INT, Type.INT);

    private final Scope scope;
    private final Machine machine;
    private final Scalar scalar;

    VectorNest(Scope scope, Machine machine) {
        this.scope = scope;
        this.machine = machine;
        this.scalar = new Scalar(scope);
    }

    /// The loop in vectors, or nothing if it does not fit into them.
    Optional<List<Statement>> loop(Stmt.Vector vector) {
        List<Stmt> body = Serial.of(vector.body());
        Lanes lanes = new Lanes(vector.index(), vector.from(), body, List.of());
        return lanes.fits() ? Optional.of(loop(vector, body, lanes)) : Optional.empty();
    }

    private List<Statement> loop(Stmt.Vector vector, List<Stmt> body, Lanes lanes) {
        int width = machine.lanes(lanes.kind());
        int step = width * copies(vector, body, width);
        List<Statement> prologue = new ArrayList<>();
        Expression from = Bounds.fixed(scope, scalar.expression(vector.from()), "begin", prologue);
        Expression to = Bounds.fixed(scope, scalar.expression(vector.to()), "end", prologue);
        Expression whole = Bounds.fixed(scope, Bounds.whole(from, to, step), "whole", prologue);
        VectorContext context = new VectorContext(scope, machine, lanes, vector.index(), vector.to(), prologue);
        List<Statement> loops = new ArrayList<>();
        if (Bounds.isKnown(vector.from(), vector.to())) {
            int count = Bounds.count(vector.from(), vector.to());
            int rest = count % step;
            if (count >= step) {
                loops.add(steps(context, body, step, new Range(from, whole, count < 2 * step), Optional.empty()));
            }
            if (rest > 0) {
                Optional<Expression> partial = rest % width == 0 ? Optional.empty() : Optional.of(constant(rest % width));
                loops.add(steps(context, body, Bounds.roundUp(rest, width), new Range(whole, to, true), partial));
            }
        } else {
            loops.add(steps(context, body, step, new Range(from, whole, false), Optional.empty()));
            loops.add(steps(context, body, width, new Range(whole, to, false), Optional.of(to)));
        }
        List<Statement> out = new ArrayList<>(prologue);
        out.addAll(loops);
        return out;
    }

    /// @param isOneStep whether one step goes all the way
    private record Range(Expression from, Expression to, boolean isOneStep) {
    }

    /// @param partial where the last vector may be a partial one: the end of the loop, or how many of its elements belong to the loop where one step goes all the way
    private Statement steps(VectorContext context, List<Stmt> body, int step, Range range, Optional<Expression> partial) {
        int width = machine.lanes(context.lanes.kind());
        if (range.isOneStep) {
            return Statement.block(new VectorBody(context, step / width, range.from, partial).statements(body));
        }
        Local start = scope.local(context.index.name(), Type.INT);
        Optional<Expression> valid = partial.map(to -> call(MIN, subtract(to, start), constant(width)));
        return Loop.over(start, range.from, range.to, step, new VectorBody(context, step / width, start, valid).statements(body));
    }

    /// As many as the loop's width asks for where inner loops work on them, since then the width is a register tile. A straight body needs a few only, to
    /// keep all units of the machine busy: the larger it is, the fewer. Fewer also if that leaves nothing over.
    private int copies(Stmt.Vector vector, List<Stmt> body, int width) {
        int operations = Math.max(1, Uses.of(body).operations());
        int useful = body.stream().anyMatch(Stmt.For.class::isInstance)
                ? LARGEST_BODY / operations
                : operations <= 12 ? 4 : operations <= 40 ? 2 : 1;
        int most = Math.clamp(useful, 1, Math.max(1, vector.width() / width));
        if (Bounds.isKnown(vector.from(), vector.to())) {
            int vectors = Bounds.roundUp(Math.max(1, Bounds.count(vector.from(), vector.to())), width) / width;
            most = Math.min(most, vectors);
            for (int copies = most; 2 * copies > most; copies--) {
                if (vectors % copies == 0) {
                    return copies;
                }
            }
        }
        return most;
    }

    /// The reduction in vectors that hold its lanes, or nothing if it does not fit.
    Optional<List<Statement>> reduce(Stmt.Reduce reduce) {
        List<Stmt> body = Serial.of(reduce.body());
        Lanes lanes = new Lanes(reduce.index(), reduce.from(), body, List.of(reduce.value()));
        VectorKind kind = VectorKind.of(reduce.result().type());
        boolean fits = lanes.fits() && (lanes.kind() == VectorKind.F64) == (kind == VectorKind.F64)
                && reduce.lanes() % machine.lanes(kind) == 0;
        return fits ? Optional.of(reduce(reduce, body, lanes, kind)) : Optional.empty();
    }

    private List<Statement> reduce(Stmt.Reduce reduce, List<Stmt> body, Lanes lanes, VectorKind kind) {
        int width = machine.lanes(kind);
        int copies = reduce.lanes() / width;
        List<Statement> prologue = new ArrayList<>();
        Expression from = Bounds.fixed(scope, scalar.expression(reduce.from()), "begin", prologue);
        Expression to = Bounds.fixed(scope, scalar.expression(reduce.to()), "end", prologue);
        Expression whole = Bounds.fixed(scope, Bounds.whole(from, to, reduce.lanes()), "whole", prologue);
        VectorContext context = new VectorContext(scope, machine, lanes, reduce.index(), reduce.to(), prologue);
        Expression neutral = context.literal((Expr.Literal) Scalar.neutral(reduce.combine(), reduce.result().type()));
        List<Local> accumulators = new ArrayList<>();
        List<Statement> loops = new ArrayList<>();
        for (int copy = 0; copy < copies; copy++) {
            Local accumulator = scope.local(reduce.result().name() + "Lanes", kind.type);
            accumulators.add(accumulator);
            loops.add(new Statement.Declare(accumulator, neutral));
        }
        Local start = scope.local(reduce.index().name(), Type.INT);
        VectorBody main = new VectorBody(context, copies, start, Optional.empty());
        List<Statement> step = main.statements(body);
        for (int copy = 0; copy < copies; copy++) {
            Local accumulator = accumulators.get(copy);
            Expression value = main.value(reduce.value(), copy);
            step.addAll(main.pending());
            step.add(new Statement.Assign(accumulator, combine(reduce.combine(), kind, accumulator, value)));
        }
        loops.add(Loop.over(start, from, whole, reduce.lanes(), step));
        boolean isKnown = Bounds.isKnown(reduce.from(), reduce.to());
        if (!isKnown || Bounds.count(reduce.from(), reduce.to()) % reduce.lanes() != 0) {
            Statement rest = Statement.block(rest(reduce, body, context, whole, to, accumulators));
            loops.add(isKnown ? rest : Statement.when(Expression.less(whole, to), rest));
        }
        loops.addAll(fold(reduce, kind, width, accumulators));
        List<Statement> out = new ArrayList<>(prologue);
        out.addAll(loops);
        return out;
    }

    /// The last elements, fewer than there are lanes: a lane without one keeps what it has.
    private List<Statement> rest(Stmt.Reduce reduce, List<Stmt> body, VectorContext context, Expression whole, Expression to,
            List<Local> accumulators) {
        VectorKind kind = VectorKind.of(reduce.result().type());
        int width = machine.lanes(kind);
        VectorBody tail = new VectorBody(context, accumulators.size(), whole, Optional.empty());
        List<Statement> out = new ArrayList<>(tail.statements(body));
        for (int copy = 0; copy < accumulators.size(); copy++) {
            Local accumulator = accumulators.get(copy);
            Expression combined = combine(reduce.combine(), kind, accumulator, tail.value(reduce.value(), copy));
            out.addAll(tail.pending());
            Expression count = subtract(subtract(to, whole), constant(copy * width));
            Expression limit = kind == VectorKind.F64 ? count.cast(Type.DOUBLE) : kind == VectorKind.F32 ? count.cast(Type.FLOAT) : count;
            Expression mask = kind.compare("LT", kind.iota(machine.species(kind)), kind.broadcast(machine.species(kind), limit));
            out.add(new Statement.Assign(accumulator, kind.blend(accumulator, combined, mask)));
        }
        return out;
    }

    /// Combines the lanes in the fixed tree; a sum of integers is the same in any order.
    private List<Statement> fold(Stmt.Reduce reduce, VectorKind kind, int width, List<Local> accumulators) {
        if (kind == VectorKind.I32 && reduce.combine() == Stmt.Combine.SUM) {
            Expression all = accumulators.stream().<Expression>map(each -> each).reduce((a, b) -> kind.binary("add", a, b)).orElseThrow();
            return List.of(new Statement.Declare(scope.declare(reduce.result()), kind.sum(all)));
        }
        Scope.Place room = scope.place(Scratch.room(reduce.result().type()));
        List<Statement> out = new ArrayList<>();
        for (int copy = 0; copy < accumulators.size(); copy++) {
            out.add(new Statement.Evaluate(kind.store(accumulators.get(copy), room.array(), room.index(constant(copy * width)))));
        }
        out.add(new Statement.Declare(scope.declare(reduce.result()), LaneReduction.tree(reduce, room, 0, 1)));
        return out;
    }

    private static Expression combine(Stmt.Combine combine, VectorKind kind, Expression left, Expression right) {
        return kind.binary(switch (combine) {
            case SUM -> "add";
            case MAX -> "max";
            case MIN -> "min";
        }, left, right);
    }
}
