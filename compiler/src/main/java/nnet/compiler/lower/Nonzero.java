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
import nnet.compiler.tensor.Panels;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;

/// The steps of a chunk at which one row of A is not zero, listed in scratch: the background of an image, what a relu has cut off and the zeros of a one-hot row need
/// no arithmetic, and no look at the weights.
///
/// No bit changes. A sum begins at +0, a zero times a finite number is a zero, and a zero added to a sum leaves it as it is, but for -0, which `ContractionKernel.finish`
/// makes +0 anyway. A NaN is not zero. So both ways may be chosen by what is faster: where most steps are listed, all of them are taken.
final class Nonzero {

    /// Fewer steps than this are taken sooner than they are listed.
    private static final int LEAST = 64;
    /// The part of the steps up to which a list pays.
    private static final double FEW = 0.6;
    /// Steps in one turn of the loop that lists them.
    private static final int AT_ONCE = 4;
    private static final int LANES = 16;

    private final Nest nest;
    private final Place panels;
    private final int rows;
    private final Expr steps;
    private final Function<Index, Expr> a;
    private final Buffer list;
    private final Cuts cuts;

    /// @param panels what the row is multiplied by
    /// @param steps  of the chunk
    /// @param a      the element of the row at a step
    Nonzero(ContractionKernel kernel, Place panels, Expr steps, Function<Index, Expr> a) {
        nest = kernel.nest;
        this.panels = panels;
        rows = kernel.roles.contracted().size();
        this.steps = steps;
        this.a = a;
        // The last element is how many there are.
        list = kernel.scratch("list", ElementType.I32, Labels.CHUNK + 1);
        cuts = new Cuts(nest, Labels.CHUNK);
    }

    static boolean fits(Roles roles) {
        return roles.aByStep() && roles.contracted().size() >= LEAST;
    }

    /// Whether so few are not zero that listing them pays, and all of B is finite.
    Expr areFew() {
        Expr check = nest.let("check", new Expr.Load(panels.buffer(), Expr.i32(rows * Panels.WIDTH)));
        Variable k = nest.open("k", Dim.of(Labels.CHUNK), steps);
        Expr one = new Expr.Select(new Binary(BinaryOp.NOT_EQUAL, a.apply(Index.of(k)), Expr.f32(0)), Expr.f32(1), Expr.f32(0));
        List<Stmt> body = nest.close();
        Variable count = nest.declare("count", ElementType.F32);
        nest.add(new Stmt.Reduce(count, Stmt.Combine.SUM, k, Expr.i32(0), steps, LANES, body, one));
        Expr most = new Expr.Select(new Binary(BinaryOp.EQUAL, check, Expr.f32(0)), most(), Expr.f32(-1));
        return new Binary(BinaryOp.LESS_EQUAL, Expr.read(count), most);
    }

    private Expr most() {
        return steps instanceof Literal(ElementType _, double fixed)
                ? Expr.f32(Math.floor(FEW * fixed))
                : Expr.multiply(new Expr.Convert(ElementType.F32, steps), Expr.f32(FEW));
    }

    /// Writes the list, without a branch: every step is written down, and what is zero is written over by the next.
    void list() {
        cuts.section("list", () -> {
            Variable n = nest.var("n", Expr.i32(0));
            cuts.each("k", steps, AT_ONCE, k -> {
                nest.add(new Stmt.Store(list, Expr.read(n), nest.expr(k)));
                // Without the sign; then the highest bit of what is not zero, or of its negative, is set.
                Expr bits = nest.let("bits", new Binary(BinaryOp.SHIFT_LEFT, new Expr.Bits(ElementType.I32, a.apply(k)), Expr.i32(1)));
                Expr either = new Binary(BinaryOp.OR, bits, new Expr.Unary(Expr.UnaryOp.NEGATE, bits));
                nest.add(new Stmt.Assign(n, Expr.add(Expr.read(n), new Binary(BinaryOp.SHIFT_RIGHT, either, Expr.i32(31)))));
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
