package nnet.compiler.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.loop.Kernel;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.loop.LoopProgram.Access;
import nnet.compiler.loop.LoopProgram.Argument;
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.loop.LoopProgram.Storage;
import nnet.compiler.loop.Offset;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.source.Span;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;

/// A random program of one kernel. Each iteration of its parallel loop owns a row of 64 elements of `out` and of `counts`, and may read `in` and `index`
/// anywhere; `scratch` is filled before anything else happens.
///
/// A vector loop touches its row and the scratch at one place for each iteration only, so that its iterations are independent.
final class RandomLoops {

    static final int ROW = 64;

    /// The statements at the start that all others rely on.
    static final int FIXED = 2;

    private static final Buffer IN = new Buffer(0, "in", ElementType.F32, Optional.empty());
    private static final Buffer INDEX = new Buffer(1, "index", ElementType.I32, Optional.empty());
    private static final Buffer OUT = new Buffer(2, "out", ElementType.F32, Optional.empty());
    private static final Buffer COUNTS = new Buffer(3, "counts", ElementType.I32, Optional.empty());
    private static final Buffer SCRATCH = new Buffer(4, "scratch", ElementType.F32, Optional.of(ROW));

    private final Random random;
    private final RandomExpressions expressions;
    private final Variable batch;
    private final Variable row;
    private int nextId;
    private int budget = 40;

    private RandomLoops(long seed) {
        random = new Random(seed);
        expressions = new RandomExpressions(random, IN, INDEX);
        batch = variable("batch", ElementType.I32);
        row = variable("row", ElementType.I32);
    }

    static LoopProgram program(long seed) {
        return new RandomLoops(seed).program();
    }

    private LoopProgram program() {
        Dim rows = Dim.symbol("batch").times(Dim.of(ROW));
        List<Storage> storages = List.of(storage(IN, Dim.of(2 * ROW)), storage(INDEX, Dim.of(2 * ROW)), storage(OUT, rows),
                storage(COUNTS, rows));
        List<Argument> arguments = storages.stream()
                .map(storage -> new Argument(storage, Offset.ZERO, storage.id() < 2 ? Access.READ : Access.READ_WRITE))
                .toList();
        return new LoopProgram("random", List.of("batch"), storages, List.of(new KernelCall(kernel(), arguments, Span.NONE)));
    }

    private static Storage storage(Buffer buffer, Dim size) {
        return new Storage(buffer.id(), buffer.name(), buffer.element(), size, Optional.of(nnet.compiler.tensor.Graph.Role.DATA),
                Optional.empty());
    }

    private Kernel kernel() {
        Variable base = variable("base", ElementType.I32);
        Variable j = variable("j", ElementType.I32);
        Scope scope = new Scope().with(batch, false).with(row, false);
        List<Stmt> body = new ArrayList<>();
        body.add(new Stmt.Let(base, Expr.multiply(Expr.read(row), Expr.i32(ROW))));
        Stmt fill = new Stmt.Store(SCRATCH, Expr.read(j), new Expr.Load(IN, Expr.add(Expr.read(j), Expr.i32(random.nextInt(ROW)))));
        body.add(new Stmt.Vector(j, Expr.i32(0), Expr.i32(ROW), 16, List.of(fill)));
        Scope inside = scope.with(base, false);
        while (budget > 0) {
            statement(body, inside, Expr.read(base), 0);
        }
        return new Kernel("random", List.of(IN, INDEX, OUT, COUNTS, SCRATCH), List.of(batch), row, Expr.read(batch),
                Expr.i32(1 << random.nextInt(20)), body);
    }

    /// Appends a statement outside of vector loops.
    private void statement(List<Stmt> body, Scope scope, Expr base, int depth) {
        budget--;
        switch (random.nextInt(depth > 2 ? 5 : 10)) {
            case 0 -> body.add(bind(scope, true));
            case 1 -> body.add(bind(scope, false));
            case 2 -> assign(body, scope);
            case 3 -> body.add(store(scope, Expr.add(base, masked(scope)), masked(scope)));
            case 4 -> body.add(reduce(scope));
            case 5 -> body.add(loop(scope, base, depth));
            case 6 -> {
                Expr condition = expressions.bool(scope, 2);
                body.add(new Stmt.If(condition, block(scope, base, depth), random.nextBoolean() ? List.of() : block(scope, base, depth)));
            }
            case 7 -> body.add(new Stmt.Section("part", block(scope, base, depth)));
            default -> body.add(vector(scope, base));
        }
    }

    private List<Stmt> block(Scope scope, Expr base, int depth) {
        List<Stmt> body = new ArrayList<>();
        Scope inner = scope.inner();
        for (int i = random.nextInt(3); i >= 0; i--) {
            statement(body, inner, base, depth + 1);
        }
        return body;
    }

    private Stmt loop(Scope scope, Expr base, int depth) {
        Variable index = variable("k", ElementType.I32);
        if (random.nextInt(4) == 0) {
            return new Stmt.Marked(index, bits(), block(scope.with(index, false), base, depth));
        }
        int from = random.nextInt(3);
        Expr to = random.nextInt(4) == 0
                ? new Expr.Binary(BinaryOp.AND, Expr.read(batch), Expr.i32(7))
                : Expr.i32(from + random.nextInt(9));
        return new Stmt.For(index, Expr.i32(from), to, 1 + random.nextInt(3), block(scope.with(index, false), base, depth));
    }

    /// The bits of several numbers.
    private Stmt marked(Variable bit, List<Stmt> body) {
        Variable number = variable("w", ElementType.I32);
        Expr word = new Expr.Binary(BinaryOp.SHIFT_LEFT, bits(), Expr.multiply(Expr.read(number), Expr.i32(9)));
        return new Stmt.For(number, Expr.i32(0), Expr.i32(random.nextInt(5)), 1, List.of(new Stmt.Marked(bit, word, body)));
    }

    /// Some four bits that are set.
    private Expr bits() {
        return Expr.i32(random.nextInt() & random.nextInt() & random.nextInt());
    }

    private Stmt bind(Scope scope, boolean constant) {
        ElementType type = constant
                ? List.of(ElementType.F32, ElementType.F32, ElementType.I32, ElementType.BOOL).get(random.nextInt(4))
                : ElementType.F32;
        Expr value = expressions.of(type, scope, 3);
        Variable variable = variable(constant ? "a" : "v", type);
        scope.add(variable, !constant);
        return constant ? new Stmt.Let(variable, value) : new Stmt.Var(variable, value);
    }

    private void assign(List<Stmt> body, Scope scope) {
        scope.assignable(random).ifPresent(variable -> body.add(new Stmt.Assign(variable, expressions.of(variable.type(), scope, 3))));
    }

    /// A store into the row or into scratch.
    private Stmt store(Scope scope, Expr place, Expr scratchPlace) {
        return switch (random.nextInt(4)) {
            case 0 -> new Stmt.Store(COUNTS, place, expressions.of(ElementType.I32, scope, 3));
            case 1 -> new Stmt.Store(SCRATCH, scratchPlace, expressions.of(ElementType.F32, scope, 3));
            default -> new Stmt.Store(OUT, place, expressions.of(ElementType.F32, scope, 3));
        };
    }

    private Expr masked(Scope scope) {
        return new Expr.Binary(BinaryOp.AND, expressions.of(ElementType.I32, scope, 2), Expr.i32(ROW - 1));
    }

    private Stmt reduce(Scope scope) {
        ElementType type = random.nextInt(4) == 0 ? ElementType.I32 : ElementType.F32;
        Variable result = variable("r", type);
        Variable index = variable("i", ElementType.I32);
        int from = random.nextInt(5);
        Expr to = random.nextInt(4) == 0
                ? new Expr.Binary(BinaryOp.AND, Expr.read(batch), Expr.i32(31))
                : Expr.i32(from + random.nextInt(60));
        Scope inner = scope.with(index, false);
        List<Stmt> lets = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            lets.add(bind(inner, true));
        }
        Stmt.Combine combine = Stmt.Combine.values()[random.nextInt(3)];
        Expr value = random.nextBoolean() ? expressions.of(type, inner, 3) : expressions.along(index, type);
        scope.add(result, false);
        return new Stmt.Reduce(result, combine, index, Expr.i32(from), to, random.nextInt(3) == 0 ? 1 : 16, lets, value);
    }

    private Stmt vector(Scope scope, Expr base) {
        Variable index = variable("j", ElementType.I32);
        int from = random.nextInt(4);
        Expr to = random.nextInt(4) == 0
                ? new Expr.Binary(BinaryOp.AND, Expr.read(batch), Expr.i32(15))
                : Expr.i32(from + random.nextInt(ROW / 2 - from));
        Scope inner = scope.withoutAssignable().with(index, false);
        Expr own = place(index);
        List<Stmt> body = new ArrayList<>();
        expressions.inVector(index, List.of(new Expr.Load(OUT, Expr.add(base, own)), new Expr.Load(SCRATCH, own)));
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            vectorStatement(body, inner, Expr.add(base, own), own, 0);
        }
        body.add(store(inner, Expr.add(base, own), own));
        expressions.afterVector();
        return new Stmt.Vector(index, Expr.i32(from), to, 16 * (1 + random.nextInt(4)), body);
    }

    private void vectorStatement(List<Stmt> body, Scope scope, Expr place, Expr scratchPlace, int depth) {
        budget--;
        switch (random.nextInt(depth > 1 ? 4 : 5)) {
            case 0 -> body.add(bind(scope, true));
            case 1 -> body.add(bind(scope, false));
            case 2 -> assign(body, scope);
            case 3 -> body.add(store(scope, place, scratchPlace));
            default -> {
                Variable k = variable("k", ElementType.I32);
                List<Stmt> inner = new ArrayList<>();
                Scope loop = scope.with(k, false);
                for (int i = random.nextInt(3); i >= 0; i--) {
                    vectorStatement(inner, loop, place, scratchPlace, depth + 1);
                }
                body.add(switch (random.nextInt(6)) {
                    case 0 -> new Stmt.Marked(k, bits(), inner);
                    case 1 -> marked(k, inner);
                    default -> new Stmt.For(k, Expr.i32(0), Expr.i32(random.nextInt(6)), 1 + random.nextInt(2), inner);
                });
            }
        }
    }

    /// The place in a row that belongs to an iteration: distinct, and below `ROW` for indices below half of it.
    private Expr place(Variable index) {
        Expr j = Expr.read(index);
        return switch (random.nextInt(5)) {
            case 0 -> Expr.multiply(j, Expr.i32(2));
            case 1 -> new Expr.Binary(BinaryOp.SUBTRACT, Expr.i32(ROW / 2 + random.nextInt(ROW / 2)), j);
            case 2 -> Expr.add(j, Expr.i32(random.nextInt(ROW / 2)));
            default -> j;
        };
    }

    private Variable variable(String name, ElementType type) {
        return new Variable(nextId++, name, type);
    }
}
