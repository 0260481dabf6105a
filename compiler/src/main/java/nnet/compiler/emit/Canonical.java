package nnet.compiler.emit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Kernel;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;

/// Renames the variables and buffers of a kernel by their order of appearance: kernels that differ in nothing but names become equal records.
final class Canonical {

    private final Map<Variable, Variable> variables = new HashMap<>();
    private final Map<Buffer, Buffer> buffers = new HashMap<>();

    private Canonical() {
    }

    static Kernel of(Kernel kernel) {
        return new Canonical().kernel(kernel);
    }

    private Kernel kernel(Kernel kernel) {
        return new Kernel("", kernel.buffers().stream().map(this::buffer).toList(), kernel.symbols().stream().map(this::variable).toList(),
                variable(kernel.index()), expression(kernel.extent()), expression(kernel.cost()), statements(kernel.body()));
    }

    private Variable variable(Variable variable) {
        return variables.computeIfAbsent(variable, v -> new Variable(variables.size(), "", v.type()));
    }

    private Buffer buffer(Buffer buffer) {
        return buffers.computeIfAbsent(buffer, b -> new Buffer(buffers.size(), "", b.element(), b.scratchSize()));
    }

    private List<Stmt> statements(List<Stmt> statements) {
        return statements.stream().map(this::statement).toList();
    }

    private Stmt statement(Stmt statement) {
        return switch (statement) {
            case Stmt.Let(var variable, var value) -> new Stmt.Let(variable(variable), expression(value));
            case Stmt.Var(var variable, var initial) -> new Stmt.Var(variable(variable), expression(initial));
            case Stmt.Assign(var variable, var value) -> new Stmt.Assign(variable(variable), expression(value));
            case Stmt.Store(var buffer, var index, var value) -> new Stmt.Store(buffer(buffer), expression(index), expression(value));
            case Stmt.For(var index, var from, var to, int step, var body) ->
                new Stmt.For(variable(index), expression(from), expression(to), step, statements(body));
            case Stmt.Vector(var index, var from, var to, int width, var body) ->
                new Stmt.Vector(variable(index), expression(from), expression(to), width, statements(body));
            case Stmt.Reduce(var result, var combine, var index, var from, var to, int lanes, var body, var value) ->
                new Stmt.Reduce(variable(result), combine, variable(index), expression(from), expression(to), lanes, statements(body),
                        expression(value));
            case Stmt.If(var condition, var then, var otherwise) ->
                new Stmt.If(expression(condition), statements(then), statements(otherwise));
            case Stmt.Section(String _, var body) -> new Stmt.Section("", statements(body));
        };
    }

    private Expr expression(Expr expression) {
        return switch (expression) {
            case Expr.Literal literal -> literal;
            case Expr.Read(var variable) -> new Expr.Read(variable(variable));
            case Expr.Load(var buffer, var index) -> new Expr.Load(buffer(buffer), expression(index));
            case Expr.Unary(var op, var operand) -> new Expr.Unary(op, expression(operand));
            case Expr.Binary(var op, var left, var right) -> new Expr.Binary(op, expression(left), expression(right));
            case Expr.Fma(var a, var b, var c) -> new Expr.Fma(expression(a), expression(b), expression(c));
            case Expr.Select(var condition, var then, var otherwise) ->
                new Expr.Select(expression(condition), expression(then), expression(otherwise));
            case Expr.Convert(var type, var operand) -> new Expr.Convert(type, expression(operand));
            case Expr.Bits(var type, var operand) -> new Expr.Bits(type, expression(operand));
            case Expr.Call(var function, var operand) -> new Expr.Call(function, expression(operand));
        };
    }
}
