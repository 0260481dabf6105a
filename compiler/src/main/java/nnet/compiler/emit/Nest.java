package nnet.compiler.emit;

import static nnet.compiler.code.Expression.constant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nnet.compiler.code.Conditional;
import nnet.compiler.code.Expression;
import nnet.compiler.code.Local;
import nnet.compiler.code.Loop;
import nnet.compiler.code.Statement;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.type.ElementType;

/// Statements of the loop IR as statements of one method. Nests that deserve a method of their own go to the outline, vector loops to `VectorNest` where
/// the target has vectors; all else is plain Java.
final class Nest {

    private final Scope scope;
    private final Scalar scalar;
    private final Outline outline;
    private final Machine machine;

    Nest(Scope scope, Outline outline, Machine machine) {
        this.scope = scope;
        this.scalar = new Scalar(scope);
        this.outline = outline;
        this.machine = machine;
    }

    List<Statement> statements(List<Stmt> statements) {
        List<Statement> out = new ArrayList<>();
        for (Stmt statement : statements) {
            Optional<List<Statement>> call = outline.extract(statement, scope);
            out.addAll(call.orElseGet(() -> statement(statement)));
        }
        return out;
    }

    /// The statement here, whatever its parts become.
    List<Statement> statement(Stmt statement) {
        return switch (statement) {
            case Stmt.Let(Variable variable, Expr value) -> define(variable, value);
            case Stmt.Var(Variable variable, Expr initial) -> define(variable, initial);
            case Stmt.Assign(Variable variable, Expr value) ->
                List.of(new Statement.Assign(scope.local(variable), scalar.expression(value)));
            case Stmt.Store(Buffer buffer, Expr index, Expr value) -> List.of(store(buffer, index, value));
            case Stmt.For(Variable index, Expr from, Expr to, int step, List<Stmt> body) -> loop(index, from, to, step, body);
            case Stmt.Marked(Variable index, Expr word, List<Stmt> body) ->
                MarkedLoop.of(scope, index, scalar.expression(word), () -> statements(body));
            case Stmt.Vector vector ->
                machine.isScalar() ? plain(vector) : new VectorNest(scope, machine).loop(vector).orElseGet(() -> plain(vector));
            case Stmt.Reduce reduce -> reduce(reduce);
            case Stmt.If(Expr condition, List<Stmt> then, List<Stmt> otherwise) -> List.of(new Statement.If(scalar.expression(condition),
                    Statement.block(statements(then)),
                    otherwise.isEmpty() ? Optional.empty() : Optional.of(Statement.block(statements(otherwise)))));
            case Stmt.Section(String _, List<Stmt> body) -> List.of(Statement.block(statements(body)));
        };
    }

    private List<Statement> define(Variable variable, Expr value) {
        Expression initial = scalar.expression(value);
        return List.of(new Statement.Declare(scope.declare(variable), initial));
    }

    private Statement store(Buffer buffer, Expr index, Expr value) {
        Scope.Place place = scope.place(buffer);
        Expression element = scalar.expression(value);
        return new Statement.SetElement(place.array(), place.index(scalar.expression(index)),
                buffer.element() == ElementType.BOOL ? new Conditional(element, constant(1), constant(0)) : element);
    }

    private List<Statement> plain(Stmt.Vector vector) {
        return loop(vector.index(), vector.from(), vector.to(), 1, vector.body());
    }

    private List<Statement> loop(Variable index, Expr from, Expr to, int step, List<Stmt> body) {
        List<Statement> out = new ArrayList<>();
        Expression first = scalar.expression(from);
        Expression end = Bounds.fixed(scope, scalar.expression(to), "end", out);
        Local counter = scope.declare(index);
        out.add(Loop.over(counter, first, end, step, statements(body)));
        return out;
    }

    private List<Statement> reduce(Stmt.Reduce reduce) {
        if (reduce.lanes() == 1) {
            return statements(Serial.of(List.of(reduce)));
        }
        Optional<List<Statement>> vectors = machine.isScalar() ? Optional.empty() : new VectorNest(scope, machine).reduce(reduce);
        return vectors.orElseGet(() -> new LaneReduction(scope, scalar, this).statements(reduce));
    }
}
