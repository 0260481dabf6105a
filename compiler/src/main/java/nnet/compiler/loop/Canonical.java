package nnet.compiler.loop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nnet.compiler.loop.LoopProgram.KernelCall;

/// Kernels without their accidents: names gone, variables and buffers numbered in the order in which they are bound. Two kernels do the same if their
/// canonical forms are equal records.
public final class Canonical {

    private final Map<Integer, Variable> variables = new HashMap<>();
    private final Map<Integer, Buffer> buffers = new HashMap<>();

    private Canonical() {
    }

    public static Kernel of(Kernel kernel) {
        return new Canonical().kernel(kernel);
    }

    /// The same program with every kernel replaced by the first that does the same, so that equal kernels are one kernel.
    public static LoopProgram share(LoopProgram program) {
        Map<Kernel, Kernel> first = new HashMap<>();
        Map<Kernel, Kernel> known = new HashMap<>();
        List<KernelCall> calls = new ArrayList<>();
        for (KernelCall call : program.calls()) {
            Kernel shared = known.computeIfAbsent(call.kernel(), kernel -> first.computeIfAbsent(of(kernel), _ -> kernel));
            calls.add(new KernelCall(shared, call.arguments(), call.span()));
        }
        return new LoopProgram(program.name(), program.symbols(), program.storages(), calls);
    }

    private Kernel kernel(Kernel kernel) {
        List<Buffer> formals = kernel.buffers().stream().map(this::bind).toList();
        // A symbol keeps its name: calls give its value by it.
        kernel.symbols().forEach(symbol -> variables.put(symbol.id(), new Variable(variables.size(), symbol.name(), symbol.type())));
        List<Variable> symbols = kernel.symbols().stream().map(this::variable).toList();
        Expr extent = expr(kernel.extent());
        Expr cost = expr(kernel.cost());
        return new Kernel("", formals, symbols, bind(kernel.index()), extent, cost, body(kernel.body()));
    }

    private Buffer bind(Buffer buffer) {
        Buffer bound = new Buffer(buffers.size(), "", buffer.element(), buffer.scratchSize());
        buffers.put(buffer.id(), bound);
        return bound;
    }

    private Variable bind(Variable variable) {
        Variable bound = new Variable(variables.size(), "", variable.type());
        variables.put(variable.id(), bound);
        return bound;
    }

    private Variable variable(Variable variable) {
        return variables.get(variable.id());
    }

    private List<Stmt> body(List<Stmt> body) {
        return body.stream().map(this::stmt).toList();
    }

    private Stmt stmt(Stmt stmt) {
        return switch (stmt) {
            case Stmt.Let(var variable, var value) -> {
                Expr bound = expr(value);
                yield new Stmt.Let(bind(variable), bound);
            }
            case Stmt.Var(var variable, var initial) -> {
                Expr bound = expr(initial);
                yield new Stmt.Var(bind(variable), bound);
            }
            case Stmt.Assign(var variable, var value) -> new Stmt.Assign(variable(variable), expr(value));
            case Stmt.Store(var buffer, var index, var value) -> new Stmt.Store(buffers.get(buffer.id()), expr(index), expr(value));
            case Stmt.For(var index, var from, var to, int step, var body) -> {
                Expr first = expr(from);
                Expr last = expr(to);
                yield new Stmt.For(bind(index), first, last, step, body(body));
            }
            case Stmt.Vector(var index, var from, var to, int width, var body) -> {
                Expr first = expr(from);
                Expr last = expr(to);
                yield new Stmt.Vector(bind(index), first, last, width, body(body));
            }
            case Stmt.Reduce(var result, var combine, var index, var from, var to, int lanes, var body, var value) -> {
                Expr first = expr(from);
                Expr last = expr(to);
                Variable counter = bind(index);
                List<Stmt> inner = body(body);
                Expr each = expr(value);
                yield new Stmt.Reduce(bind(result), combine, counter, first, last, lanes, inner, each);
            }
            case Stmt.If(var condition, var then, var otherwise) -> new Stmt.If(expr(condition), body(then), body(otherwise));
            case Stmt.Section(var _, var body) -> new Stmt.Section("", body(body));
        };
    }

    private Expr expr(Expr expr) {
        return switch (expr) {
            case Expr.Read(var variable) -> new Expr.Read(variable(variable));
            case Expr.Load(var buffer, var index) -> new Expr.Load(buffers.get(buffer.id()), expr(index));
            case Expr.Literal _,Expr.Unary _,Expr.Binary _,Expr.Fma _,Expr.Select _,Expr.Convert _,Expr.Bits _,Expr.Call _ ->
                expr.mapOperands(this::expr);
        };
    }
}
