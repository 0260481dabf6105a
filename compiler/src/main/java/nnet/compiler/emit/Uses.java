package nnet.compiler.emit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;

/// What statements mention: variables by how they are used, and buffers (the emitter's own room among them), each in
/// order of appearance.
final class Uses {

    final Set<Variable> declared = new LinkedHashSet<>();
    final Set<Variable> read = new LinkedHashSet<>();
    final Set<Variable> assigned = new LinkedHashSet<>();
    final Set<Buffer> buffers = new LinkedHashSet<>();
    private int operations;
    private int vectors;

    static Uses of(List<Stmt> statements) {
        Uses uses = new Uses();
        uses.statements(statements);
        return uses;
    }

    static Uses of(Expr expression) {
        Uses uses = new Uses();
        uses.expression(expression);
        return uses;
    }

    /// Variables that are read but come from outside.
    List<Variable> free() {
        List<Variable> free = new ArrayList<>(read);
        free.removeAll(declared);
        return free;
    }

    /// Variables of the outside that are changed.
    List<Variable> changed() {
        List<Variable> changed = new ArrayList<>(assigned);
        changed.removeAll(declared);
        return changed;
    }

    /// The number of loads, stores and arithmetic operations: a measure of the code that they become.
    int operations() {
        return operations;
    }

    private void statements(List<Stmt> statements) {
        statements.forEach(this::statement);
    }

    private void statement(Stmt statement) {
        switch (statement) {
            case Stmt.Let(Variable variable, Expr value) -> define(variable, value);
            case Stmt.Var(Variable variable, Expr initial) -> define(variable, initial);
            case Stmt.Assign(Variable variable, Expr value) -> {
                assigned.add(variable);
                expression(value);
            }
            case Stmt.Store(Buffer buffer, Expr index, Expr value) -> {
                operations++;
                buffers.add(buffer);
                if (vectors > 0) {
                    buffers.add(Scratch.room(buffer.element()));
                }
                expression(index);
                expression(value);
            }
            case Stmt.For(Variable index, Expr from, Expr to, int _, List<Stmt> body) -> loop(index, from, to, body);
            case Stmt.Marked(Variable index, Expr word, List<Stmt> body) -> {
                expression(word);
                declared.add(index);
                statements(body);
            }
            case Stmt.Vector(Variable index, Expr from, Expr to, int _, List<Stmt> body) -> {
                vectors++;
                loop(index, from, to, body);
                vectors--;
            }
            case Stmt.Reduce reduce -> {
                if (reduce.lanes() > 1) {
                    buffers.add(Scratch.room(reduce.result().type()));
                }
                loop(reduce.index(), reduce.from(), reduce.to(), reduce.body());
                define(reduce.result(), reduce.value());
            }
            case Stmt.If(Expr condition, List<Stmt> then, List<Stmt> otherwise) -> {
                expression(condition);
                statements(then);
                statements(otherwise);
            }
            case Stmt.Section(String _, List<Stmt> body) -> statements(body);
        }
    }

    private void loop(Variable index, Expr from, Expr to, List<Stmt> body) {
        expression(from);
        expression(to);
        declared.add(index);
        statements(body);
    }

    private void define(Variable variable, Expr value) {
        expression(value);
        declared.add(variable);
    }

    private void expression(Expr expression) {
        switch (expression) {
            case Expr.Literal _ -> {
            }
            case Expr.Read(Variable variable) -> read.add(variable);
            case Expr.Load(Buffer buffer, Expr index) -> {
                operations++;
                buffers.add(buffer);
                expression(index);
            }
            case Expr.Unary(Expr.UnaryOp _, Expr operand) -> operation(operand);
            case Expr.Binary(Expr.BinaryOp _, Expr left, Expr right) -> operation(left, right);
            case Expr.Fma(Expr a, Expr b, Expr c) -> operation(a, b, c);
            case Expr.Select(Expr condition, Expr then, Expr otherwise) -> operation(condition, then, otherwise);
            case Expr.Convert(var _, Expr operand) -> operation(operand);
            case Expr.Bits(var _, Expr operand) -> operation(operand);
            case Expr.Call(Expr.Function _, Expr operand) -> operation(operand);
        }
    }

    private void operation(Expr... operands) {
        operations++;
        for (Expr operand : operands) {
            expression(operand);
        }
    }
}
