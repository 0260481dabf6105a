package nnet.compiler.lower;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Binary;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.loop.Expr.Literal;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;

/// The steps of a chunk at which a row of A is not zero, or one of several rows, listed in scratch: the background of an image, what a relu has cut off and the zeros of
/// a one-hot row need no arithmetic, and no look at the weights.
///
/// No bit changes. A sum begins at +0, a zero times a finite number is a zero, and a zero added to a sum leaves it as it is, but for -0, which `Epilogue.finish`
/// makes +0 anyway. A NaN is not zero. So both ways may be chosen by what is faster: where most steps are listed, all of them are taken.
final class Nonzero {

    /// With fewer steps, or fewer columns, all are taken sooner than they are listed.
    private static final int LEAST = 64;
    /// The part of the steps up to which a list pays.
    private static final double FEW = 0.6;
    /// Steps in one turn of the loop that lists them.
    private static final int AT_ONCE = 4;
    private static final int LANES = 16;
    private static final int UNROLLED = 32;

    private final Nest nest;
    private final Expr check;
    private final Expr steps;
    private final Function<Index, List<Expr>> a;
    private final Buffer list;
    private final Buffer flags;
    private final Cuts cuts;

    /// @param check a number that is 0 if all of B is finite
    /// @param steps of the chunk
    /// @param a     the elements of the rows at a step
    Nonzero(ContractionKernel kernel, Expr check, Expr steps, Function<Index, List<Expr>> a) {
        nest = kernel.nest;
        this.check = check;
        this.steps = steps;
        this.a = a;
        // The last element is how many there are.
        list = kernel.scratch("list", ElementType.I32, Labels.CHUNK + 1);
        flags = kernel.scratch("flags", ElementType.I32, Labels.CHUNK);
        cuts = new Cuts(nest, Labels.CHUNK);
    }

    static boolean fits(Roles roles) {
        return roles.aByStep() && roles.contracted().size() >= LEAST && roles.size(roles.columns()).size() >= LEAST;
    }

    /// Whether so few are not zero that listing them pays, and all of B is finite.
    Expr areFew() {
        mark();
        Variable k = nest.open("k", Dim.of(Labels.CHUNK), steps);
        Expr flag = new Expr.Load(flags, nest.expr(Index.of(k)));
        List<Stmt> body = nest.close();
        Variable count = nest.declare("count", ElementType.I32);
        nest.add(new Stmt.Reduce(count, Stmt.Combine.SUM, k, Expr.i32(0), steps, LANES, body, flag));
        Expr most = new Expr.Select(new Binary(BinaryOp.EQUAL, check, Expr.f32(0)), most(), Expr.i32(-1));
        return new Binary(BinaryOp.LESS_EQUAL, Expr.read(count), most);
    }

    /// Finds out for each step whether it matters.
    void mark() {
        cuts.vector(steps, UNROLLED, k -> nest.store(flags, k, flag(nest, a.apply(k))));
    }

    /// 1 if one of the values is not zero, or 0: the signs go, and then the highest bit of what is not zero, or of its negative, is set.
    static Expr flag(Nest nest, List<Expr> values) {
        Expr all = values.stream().<Expr>map(value -> new Expr.Bits(ElementType.I32, value))
                .reduce((one, other) -> new Binary(BinaryOp.OR, one, other)).orElseThrow();
        Expr bits = nest.let("bits", new Binary(BinaryOp.SHIFT_LEFT, all, Expr.i32(1)));
        return new Binary(BinaryOp.SHIFT_RIGHT, new Binary(BinaryOp.OR, bits, new Expr.Unary(Expr.UnaryOp.NEGATE, bits)), Expr.i32(31));
    }

    private Expr most() {
        return steps instanceof Literal(ElementType _, double fixed)
                ? Expr.i32((int) (FEW * fixed))
                : new Expr.Convert(ElementType.I32, Expr.multiply(new Expr.Convert(ElementType.F32, steps), Expr.f32(FEW)));
    }

    /// Writes the list of what is marked, without a branch: every step is written down, and what is zero is written over by the next.
    void list() {
        cuts.section("list", () -> {
            Variable n = nest.var("n", Expr.i32(0));
            cuts.each("k", steps, AT_ONCE, k -> {
                nest.add(new Stmt.Store(list, Expr.read(n), nest.expr(k)));
                nest.add(new Stmt.Assign(n, Expr.add(Expr.read(n), new Expr.Load(flags, nest.expr(k)))));
            });
            nest.store(list, Index.of(Labels.CHUNK), Expr.read(n));
        });
    }

    /// How many are listed.
    Expr count() {
        return nest.let("n", new Expr.Load(list, Expr.i32(Labels.CHUNK)));
    }

    /// The step with a number in the list.
    Index step(Index number) {
        return Movement.variable(nest, "k", new Expr.Load(list, nest.expr(number)));
    }

    void each(Consumer<Index> body) {
        cuts.each("p", count(), p -> body.accept(step(p)));
    }
}
