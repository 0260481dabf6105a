package nnet.compiler.loop;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Kernels, and statements of kernels, without their accidents: names gone, variables and buffers numbered in order of appearance. Two do the same if their
/// canonical forms are equal records.
public final class Canonical {

    private final Map<Variable, Variable> variables = new HashMap<>();
    private final Map<Buffer, Buffer> buffers = new HashMap<>();

    private Canonical() {
    }

    public static Kernel of(Kernel kernel) {
        return new Canonical().kernel(kernel);
    }

    /// A statement by itself, with what it uses of its surroundings numbered like the rest.
    public static Stmt of(Stmt statement) {
        return new Canonical().stmt(statement);
    }

    private Kernel kernel(Kernel kernel) {
        // A symbol keeps its name: calls give its value by it.
        kernel.symbols().forEach(symbol -> variables.put(symbol, new Variable(variables.size(), symbol.name(), symbol.type())));
        return new Kernel("", kernel.buffers().stream().map(this::buffer).toList(), kernel.symbols().stream().map(this::variable).toList(),
                variable(kernel.index()), expr(kernel.extent()), expr(kernel.cost()), body(kernel.body()));
    }

    private Variable variable(Variable variable) {
        return variables.computeIfAbsent(variable, v -> new Variable(variables.size(), "", v.type()));
    }

    private Buffer buffer(Buffer buffer) {
        return buffers.computeIfAbsent(buffer, b -> new Buffer(buffers.size(), "", b.element(), b.scratchSize()));
    }

    private List<Stmt> body(List<Stmt> body) {
        return body.stream().map(this::stmt).toList();
    }

    private Stmt stmt(Stmt stmt) {
        return switch (stmt) {
            case Stmt.Let(var variable, var value) -> new Stmt.Let(variable(variable), expr(value));
            case Stmt.Var(var variable, var initial) -> new Stmt.Var(variable(variable), expr(initial));
            case Stmt.Assign(var variable, var value) -> new Stmt.Assign(variable(variable), expr(value));
            case Stmt.Store(var buffer, var index, var value) -> new Stmt.Store(buffer(buffer), expr(index), expr(value));
            case Stmt.For(var index, var from, var to, int step, var body) ->
                new Stmt.For(variable(index), expr(from), expr(to), step, body(body));
            case Stmt.Marked(var index, var word, var body) -> new Stmt.Marked(variable(index), expr(word), body(body));
            case Stmt.Vector(var index, var from, var to, int width, var body) ->
                new Stmt.Vector(variable(index), expr(from), expr(to), width, body(body));
            case Stmt.Reduce(var result, var combine, var index, var from, var to, int lanes, var body, var value) ->
                new Stmt.Reduce(variable(result), combine, variable(index), expr(from), expr(to), lanes, body(body), expr(value));
            case Stmt.If(var condition, var then, var otherwise) -> new Stmt.If(expr(condition), body(then), body(otherwise));
            case Stmt.Section(var _, var body) -> new Stmt.Section("", body(body));
        };
    }

    private Expr expr(Expr expr) {
        return switch (expr) {
            case Expr.Read(var variable) -> new Expr.Read(variable(variable));
            case Expr.Load(var buffer, var index) -> new Expr.Load(buffer(buffer), expr(index));
            case Expr.Literal _,Expr.Unary _,Expr.Binary _,Expr.Fma _,Expr.Select _,Expr.Convert _,Expr.Bits _,Expr.Call _ ->
                expr.mapOperands(this::expr);
        };
    }
}
