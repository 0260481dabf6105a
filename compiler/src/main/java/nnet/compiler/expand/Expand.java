package nnet.compiler.expand;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Kernel;
import nnet.compiler.loop.Kernels;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.loop.Stmt;
import nnet.compiler.type.ElementType;

/// Replaces every `Expr.Call` by arithmetic: afterwards there is none, and every form of a kernel gives the same bits.
///
/// What a call needs is computed by `Let`s in front of its statement, in the same body, so vector loops stay vector loops. A call that occurs twice in one
/// statement is computed once.
public final class Expand {

    private Expand() {
    }

    public static LoopProgram expand(LoopProgram program) {
        return expand(program, new IdentityHashMap<>());
    }

    /// @param known kernels that have been expanded before, by their identity: to compare them would cost more than to expand some twice
    public static LoopProgram expand(LoopProgram program, Map<Kernel, Kernel> known) {
        return program.mapCalls(
                call -> new KernelCall(known.computeIfAbsent(call.kernel(), Expand::expand), call.arguments(), call.span()));
    }

    public static Kernel expand(Kernel kernel) {
        Fresh fresh = new Fresh(Kernels.nextId(kernel));
        return new Kernel(kernel.name(), kernel.buffers(), kernel.symbols(), kernel.index(), kernel.extent(), kernel.cost(),
                body(kernel.body(), fresh));
    }

    private static List<Stmt> body(List<Stmt> body, Fresh fresh) {
        List<Stmt> result = new ArrayList<>();
        for (Stmt stmt : body) {
            Lets lets = new Lets(fresh);
            Stmt expanded = stmt(stmt, lets, new HashMap<>(), fresh);
            result.addAll(lets.statements());
            result.add(expanded);
        }
        return result;
    }

    private static Stmt stmt(Stmt stmt, Lets lets, Map<Expr, Expr> known, Fresh fresh) {
        return switch (stmt) {
            case Stmt.Let(var variable, var value) -> new Stmt.Let(variable, expr(value, lets, known));
            case Stmt.Var(var variable, var initial) -> new Stmt.Var(variable, expr(initial, lets, known));
            case Stmt.Assign(var variable, var value) -> new Stmt.Assign(variable, expr(value, lets, known));
            case Stmt.Store(var buffer, var index, var value) -> new Stmt.Store(buffer, expr(index, lets, known), expr(value, lets, known));
            case Stmt.For(var index, var from, var to, int step, var body) ->
                new Stmt.For(index, expr(from, lets, known), expr(to, lets, known), step, body(body, fresh));
            case Stmt.Marked(var index, var word, var body) -> new Stmt.Marked(index, expr(word, lets, known), body(body, fresh));
            case Stmt.Vector(var index, var from, var to, int width, var body) ->
                new Stmt.Vector(index, expr(from, lets, known), expr(to, lets, known), width, body(body, fresh));
            case Stmt.Reduce reduce -> reduce(reduce, lets, known, fresh);
            case Stmt.If(var condition, var then, var otherwise) ->
                new Stmt.If(expr(condition, lets, known), body(then, fresh), body(otherwise, fresh));
            case Stmt.Section(var name, var body) -> new Stmt.Section(name, body(body, fresh));
        };
    }

    /// What the reduced value needs moves into the body of the reduction.
    private static Stmt reduce(Stmt.Reduce reduce, Lets lets, Map<Expr, Expr> known, Fresh fresh) {
        Lets inner = new Lets(fresh);
        Expr value = expr(reduce.value(), inner, new HashMap<>());
        List<Stmt> body = new ArrayList<>(body(reduce.body(), fresh));
        body.addAll(inner.statements());
        return new Stmt.Reduce(reduce.result(), reduce.combine(), reduce.index(), expr(reduce.from(), lets, known),
                expr(reduce.to(), lets, known),
                reduce.lanes(), body, value);
    }

    private static Expr expr(Expr expr, Lets lets, Map<Expr, Expr> known) {
        Expr changed = expr.mapOperands(operand -> expr(operand, lets, known));
        if (!(changed instanceof Expr.Call call)) {
            return changed;
        }
        Expr value = known.get(call);
        if (value == null) {
            value = lets.let("f", function(call.function(), lets.let("x", call.operand()), lets));
            known.put(call, value);
        }
        return value;
    }

    private static Expr function(Expr.Function function, Expr x, Lets lets) {
        if (x.type() != ElementType.F32) {
            throw new UnsupportedOperationException(
                    function.name().toLowerCase(Locale.ROOT) + " of " + x.type() + ": functions are written out for f32 only");
        }
        return switch (function) {
            case EXP -> Exponential.exp(x, lets);
            case EXPM1 -> Exponential.expm1(x, lets);
            case LOG -> Logarithm.log(x, lets);
            case LOG1P -> Logarithm.log1p(x, lets);
            case TANH -> HyperbolicTangent.tanh(x, lets);
            case SIGMOID -> Logistic.sigmoid(x, lets);
            case SOFTPLUS -> Logistic.softplus(x, lets);
            case ERF -> ErrorFunction.erf(x, lets);
            case SIN -> Trigonometric.sin(x, lets);
            case COS -> Trigonometric.cos(x, lets);
        };
    }
}
