package nnet.compiler.emit;

import static nnet.compiler.code.Expression.add;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import nnet.compiler.code.Expression;
import nnet.compiler.code.Local;
import nnet.compiler.code.Loop;
import nnet.compiler.code.Statement;
import nnet.compiler.code.Type;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.type.ElementType;

/// One step of a vector loop: every statement that varies is written once for each copy, every other one once, in scalar form.
final class VectorBody {

    private final VectorContext context;
    private final Scope scope;
    private final Scalar scalar;
    private final int copies;
    private final Expression start;
    private final Optional<Expression> valid;
    private final VectorValues values;
    private List<Statement> out = new ArrayList<>();

    /// @param start the index of the first iteration of the step
    /// @param valid how many elements of the last copy are to be stored, where not all are
    VectorBody(VectorContext context, int copies, Expression start, Optional<Expression> valid) {
        this.context = context;
        this.scope = context.scope;
        this.scalar = new Scalar(scope);
        this.copies = copies;
        this.start = start;
        this.valid = valid;
        this.values = new VectorValues(context, copies, start, statement -> out.add(statement));
    }

    List<Statement> statements(List<Stmt> body) {
        List<Statement> outer = out;
        out = new ArrayList<>();
        for (Stmt statement : body) {
            values.forget();
            statement(statement);
        }
        List<Statement> written = out;
        out = outer;
        return written;
    }

    /// The value of an expression in one copy; what it needs before it is `pending`.
    Expression value(Expr expression, int copy) {
        return values.value(expression, copy);
    }

    List<Statement> pending() {
        List<Statement> pending = out;
        out = new ArrayList<>();
        values.forget();
        return pending;
    }

    private void statement(Stmt statement) {
        switch (statement) {
            case Stmt.Let(Variable variable, Expr value) -> let(variable, value);
            case Stmt.Var(Variable variable, Expr initial) -> define(variable, initial);
            case Stmt.Assign(Variable variable, Expr value) -> assign(variable, value);
            case Stmt.Store store -> store(store);
            case Stmt.For loop when MarkedLoop.isAround(loop, context.lanes) ->
                out.addAll(MarkedLoop.flat(scope, loop, context.lanes, this::statements));
            case Stmt.For(Variable index, Expr from, Expr to, int step, List<Stmt> body) -> {
                Expression first = scalar.expression(from);
                Expression end = Bounds.fixed(scope, scalar.expression(to), "end", out);
                out.add(Loop.over(scope.declare(index), first, end, step, statements(body)));
            }
            case Stmt.Marked(Variable index, Expr word, List<Stmt> body) ->
                out.addAll(MarkedLoop.of(scope, index, scalar.expression(word), () -> statements(body)));
            case Stmt.If(Expr condition, List<Stmt> then, List<Stmt> otherwise) -> out.add(new Statement.If(scalar.expression(condition),
                    Statement.block(statements(then)),
                    otherwise.isEmpty() ? Optional.empty() : Optional.of(Statement.block(statements(otherwise)))));
            case Stmt.Section(String _, List<Stmt> body) -> out.add(Statement.block(statements(body)));
            case Stmt.Vector _,Stmt.Reduce _ -> throw new IllegalStateException("this does not fit into vectors: " + statement);
        }
    }

    private void let(Variable variable, Expr value) {
        if (!context.lanes.varies(variable) || context.lanes.isNeeded(variable)) {
            define(variable, value);
        }
    }

    private void define(Variable variable, Expr value) {
        if (!context.lanes.varies(variable)) {
            Expression initial = scalar.expression(value);
            out.add(new Statement.Declare(scope.declare(variable), initial));
            return;
        }
        List<Expression> initial = inAllCopies(copy -> values.of(variable, value, copy));
        List<Local> locals = values.declare(variable);
        for (int copy = 0; copy < copies; copy++) {
            out.add(new Statement.Declare(locals.get(copy), initial.get(copy)));
        }
    }

    /// All copies are computed before the first is assigned: what they need is written before all of them.
    private void assign(Variable variable, Expr value) {
        if (!context.lanes.varies(variable)) {
            out.add(new Statement.Assign(scope.local(variable), scalar.expression(value)));
            return;
        }
        List<Expression> next = inAllCopies(copy -> values.of(variable, value, copy));
        for (int copy = 0; copy < copies; copy++) {
            out.add(new Statement.Assign(values.local(variable, copy), next.get(copy)));
        }
    }

    private List<Expression> inAllCopies(IntFunction<Expression> value) {
        List<Expression> all = new ArrayList<>();
        for (int copy = 0; copy < copies; copy++) {
            all.add(value.apply(copy));
        }
        return all;
    }

    private void store(Stmt.Store store) {
        Buffer buffer = store.buffer();
        VectorKind kind = VectorKind.of(buffer.element());
        Scope.Place place = scope.place(buffer);
        // A truth value is stored as a number.
        Expr value = buffer.element() == ElementType.BOOL ? new Expr.Convert(ElementType.I32, store.value()) : store.value();
        List<Expression> vectors = inAllCopies(copy -> values.value(value, copy));
        for (int copy = 0; copy < copies; copy++) {
            Expression index = values.index(buffer, store.index(), copy);
            if (valid.isEmpty() || copy < copies - 1 || endsInSlack(store)) {
                out.add(new Statement.Evaluate(kind.store(vectors.get(copy), place.array(), index)));
            } else {
                Scope.Place room = scope.place(Scratch.room(buffer.element()));
                out.add(new Statement.Evaluate(kind.store(vectors.get(copy), room.array(), room.offset())));
                copy(valid.get(), room, place, index);
            }
        }
    }

    /// Copies the first elements of a room. One after the other: a call of `arraycopy` would have HotSpot load what the main loop multiplies by anew for each vector, since no
    /// vector stays in its register during a call.
    private void copy(Expression count, Scope.Place room, Scope.Place place, Expression index) {
        Expression end = Bounds.fixed(scope, count, "count", out);
        Local i = scope.local("i", Type.INT);
        Statement copy = new Statement.SetElement(place.array(), add(index, i), room.array().at(room.index(i)));
        out.add(Loop.over(i, Expression.constant(0), end, 1, List.of(copy)));
    }

    /// Whether what a last vector stores too much lies behind a scratch buffer, where nothing is.
    private boolean endsInSlack(Stmt.Store store) {
        Expr rest = context.lanes.offset(store.index()).orElseThrow();
        return store.buffer().isScratch() && context.end instanceof Expr.Literal && rest instanceof Expr.Literal
                && Bounds.value(rest) + Bounds.value(context.end) >= store.buffer().scratchSize().orElseThrow();
    }
}
