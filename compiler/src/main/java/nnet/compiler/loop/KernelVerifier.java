package nnet.compiler.loop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nnet.compiler.type.ElementType;

/// The rules of one kernel: every variable bound once and before its use, types that agree, and bodies that hold what their loops allow.
final class KernelVerifier {

    /// What is known at a statement.
    ///
    /// @param visible    variables by id
    /// @param assignable those that `Var` declared; inside a vector loop, only the loop's own
    /// @param varying    inside a vector loop: what differs between its iterations
    private record Scope(Map<Integer, Variable> visible, Set<Integer> assignable, Set<Integer> varying, boolean inVector) {

        Scope inner() {
            return new Scope(new HashMap<>(visible), new HashSet<>(assignable), new HashSet<>(varying), inVector);
        }

        Scope vector() {
            return new Scope(new HashMap<>(visible), new HashSet<>(), new HashSet<>(), true);
        }

        boolean varies(Expr expr) {
            return Kernels.withParts(expr).anyMatch(part -> part instanceof Expr.Read(var variable) && varying.contains(variable.id()));
        }
    }

    private final List<String> problems = new ArrayList<>();
    private final Set<Integer> bound = new HashSet<>();
    private final Set<Buffer> buffers = new HashSet<>();

    private KernelVerifier() {
    }

    static List<String> problems(Kernel kernel) {
        KernelVerifier verifier = new KernelVerifier();
        verifier.kernel(kernel);
        return verifier.problems;
    }

    private void kernel(Kernel kernel) {
        Set<Integer> ids = new HashSet<>();
        for (Buffer buffer : kernel.buffers()) {
            buffers.add(buffer);
            demand(ids.add(buffer.id()), "buffer " + buffer.id() + " is there twice");
            demand(buffer.scratchSize().orElse(1) > 0, "scratch " + buffer + " has no elements");
        }
        Scope scope = new Scope(new HashMap<>(), new HashSet<>(), new HashSet<>(), false);
        kernel.symbols().forEach(symbol -> bindIndex(symbol, scope));
        expression(kernel.extent(), ElementType.I32, "extent", scope);
        expression(kernel.cost(), ElementType.I32, "cost", scope);
        bindIndex(kernel.index(), scope);
        body(kernel.body(), scope);
    }

    private void body(List<Stmt> body, Scope scope) {
        body.forEach(stmt -> stmt(stmt, scope));
    }

    private void stmt(Stmt stmt, Scope scope) {
        switch (stmt) {
            case Stmt.Let(var variable, var value) -> {
                expression(value, variable.type(), "value of " + variable, scope);
                bind(variable, scope);
                if (scope.varies(value)) {
                    scope.varying.add(variable.id());
                }
            }
            case Stmt.Var(var variable, var initial) -> {
                expression(initial, variable.type(), "value of " + variable, scope);
                bind(variable, scope);
                scope.assignable.add(variable.id());
                if (scope.inVector) {
                    scope.varying.add(variable.id());
                }
            }
            case Stmt.Assign(var variable, var value) -> {
                expression(value, variable.type(), "value of " + variable, scope);
                demand(scope.assignable.contains(variable.id()), variable + " may not be assigned here");
            }
            case Stmt.Store store -> store(store, scope);
            case Stmt.For(var index, var from, var to, int step, var body) -> {
                demand(step >= 1, "the step of loop " + index + " is " + step);
                body(body, loop(index, from, to, scope, scope.inner()));
            }
            case Stmt.Marked(var index, var word, var body) -> {
                expression(word, ElementType.I32, "bits of loop " + index, scope);
                demand(!scope.varies(word), "the bits of loop " + index + " differ between the iterations of a vector loop");
                Scope inner = scope.inner();
                bindIndex(index, inner);
                body(body, inner);
            }
            case Stmt.Vector vector -> vector(vector, scope);
            case Stmt.Reduce reduce -> reduce(reduce, scope);
            case Stmt.If(var condition, var then, var otherwise) -> {
                demand(!scope.inVector, "an if inside a vector loop");
                expression(condition, ElementType.BOOL, "condition", scope);
                body(then, scope.inner());
                body(otherwise, scope.inner());
            }
            case Stmt.Section(var _, var body) -> {
                demand(!scope.inVector, "a section inside a vector loop");
                body(body, scope.inner());
            }
        }
    }

    private void store(Stmt.Store store, Scope scope) {
        demand(buffers.contains(store.buffer()), store.buffer() + " is not a buffer of the kernel");
        expression(store.index(), ElementType.I32, "index into " + store.buffer(), scope);
        expression(store.value(), store.buffer().element(), "value stored in " + store.buffer(), scope);
        demand(!scope.inVector || scope.varies(store.index()), "all iterations of a vector loop store to one element of " + store.buffer());
    }

    private void vector(Stmt.Vector vector, Scope scope) {
        demand(!scope.inVector, "a vector loop inside a vector loop");
        Scope inner = scope.vector();
        loop(vector.index(), vector.from(), vector.to(), scope, inner);
        inner.varying.add(vector.index().id());
        boolean wide = Kernels.statements(vector.body()).flatMap(Kernels::expressions).flatMap(Kernels::withParts)
                .anyMatch(e -> e.type() == ElementType.F64);
        int lanes = wide ? 8 : 16;
        // Whole virtual vectors; or one vector of a narrower machine, which copies just as much at once.
        demand(vector.width() > 0 && (vector.width() % lanes == 0 || lanes % vector.width() == 0),
                "the width of vector loop " + vector.index() + " is " + vector.width());
        body(vector.body(), inner);
    }

    private void reduce(Stmt.Reduce reduce, Scope scope) {
        demand(!scope.inVector, "a reduction inside a vector loop");
        int lanes = reduce.result().type() == ElementType.F64 ? 8 : 16;
        demand(reduce.lanes() == 1 || reduce.lanes() == lanes, reduce.lanes() + " lanes in a reduction of " + reduce.result().type());
        demand(reduce.result().type() != ElementType.BOOL, "a reduction of bool");
        demand(reduce.body().stream().allMatch(Stmt.Let.class::isInstance),
                "the body of reduction " + reduce.result() + " holds more than lets");
        Scope inner = loop(reduce.index(), reduce.from(), reduce.to(), scope, scope.inner());
        body(reduce.body(), inner);
        expression(reduce.value(), reduce.result().type(), "value of " + reduce.result(), inner);
        bind(reduce.result(), scope);
    }

    private Scope loop(Variable index, Expr from, Expr to, Scope outer, Scope inner) {
        expression(from, ElementType.I32, "start of loop " + index, outer);
        expression(to, ElementType.I32, "end of loop " + index, outer);
        demand(!outer.varies(from) && !outer.varies(to), "the bounds of loop " + index + " differ between the iterations of a vector loop");
        bindIndex(index, inner);
        return inner;
    }

    private void bindIndex(Variable index, Scope scope) {
        demand(index.type() == ElementType.I32, index + " is " + index.type() + ", not i32");
        bind(index, scope);
    }

    private void bind(Variable variable, Scope scope) {
        demand(bound.add(variable.id()), variable + " is bound twice");
        scope.visible.put(variable.id(), variable);
    }

    private void expression(Expr expr, ElementType type, String what, Scope scope) {
        Kernels.withParts(expr).forEach(part -> {
            if (part instanceof Expr.Read(var variable)) {
                demand(variable.equals(scope.visible.get(variable.id())), variable + " is not bound here");
            }
            if (part instanceof Expr.Load(var buffer, _)) {
                demand(buffers.contains(buffer), buffer + " is not a buffer of the kernel");
            }
            demand(ExprTypes.agree(part), "the types in " + LoopPrinter.print(part) + " do not agree");
        });
        demand(expr.type() == type, what + " is " + expr.type() + ", not " + type);
    }

    private void demand(boolean condition, String problem) {
        if (!condition) {
            problems.add(problem);
        }
    }
}
