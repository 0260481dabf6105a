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
import nnet.compiler.type.ElementType;

/// The steps of a chunk at which a row of A is not zero, or one of several rows, listed in scratch: the background of an image, what a relu has cut off and the zeros of
/// a one-hot row need no arithmetic, and no look at the weights.
///
/// No bit changes. A sum begins at +0, a zero times a finite number is a zero, and a zero added to a sum leaves it as it is, but for -0, which `Epilogue.finish`
/// makes +0 anyway. A NaN is not zero. So both ways may be chosen by what is faster: where most steps are listed, all of them are taken.
final class Nonzero {

    /// The part of the steps up to which a list pays. Measured with whole predictions of 784-128-10, weights in the second cache, steps at random: with half of them 0.76 of the time
    /// that all take, with 0.58 of them 0.88, with 0.595 of them 0.95, since what is read straight on is fetched in advance.
    private static final double FEW = 0.6;
    /// Steps in one turn of the loop that lists them in plain code.
    private static final int AT_ONCE = 4;
    private static final int LANES = 16;

    private final ContractionKernel kernel;
    private final Nest nest;
    private final Marks marks;
    private final Expr check;
    private final Expr steps;
    private final Function<Index, List<Expr>> a;
    /// The last element is how many there are.
    private final Buffer list;
    private final Cuts cuts;
    private final boolean hasVectors;

    /// @param check a number that is 0 if all of B is finite
    /// @param steps of the chunk
    /// @param a     the elements of the rows at a step
    Nonzero(ContractionKernel kernel, Expr check, Expr steps, Function<Index, List<Expr>> a) {
        this.kernel = kernel;
        nest = kernel.nest;
        marks = new Marks(nest);
        hasVectors = kernel.target.lanes() > 1;
        this.check = check;
        this.steps = steps;
        this.a = a;
        list = kernel.scratch("list", ElementType.I32, Labels.CHUNK + 1);
        cuts = new Cuts(nest, Labels.CHUNK);
    }

    static boolean fits(Roles roles) {
        return roles.aByStep() && Panels.areChecked(roles.contracted(), roles.size(roles.columns()));
    }

    /// Lists the steps, and says whether they are so few that the list pays, and all of B is finite.
    Expr areFew() {
        list();
        Expr most = new Expr.Select(new Binary(BinaryOp.EQUAL, check, Expr.f32(0)), most(), Expr.i32(-1));
        return new Binary(BinaryOp.LESS_EQUAL, count(), most);
    }

    private Expr most() {
        return steps instanceof Literal(ElementType _, double fixed)
                ? Expr.i32((int) (FEW * fixed))
                : new Expr.Convert(ElementType.I32, Expr.multiply(new Expr.Convert(ElementType.F32, steps), Expr.f32(FEW)));
    }

    private void list() {
        cuts.section("list", () -> {
            Variable n = nest.var("n", Expr.i32(0));
            if (hasVectors) {
                cuts.groups(steps, Marks.WORD, (from, count) -> {
                    Expr word = marks.word(count, k -> a.apply(from.plus(k)));
                    kernel.choose(new Binary(BinaryOp.EQUAL, word, Marks.all(count)), () -> all(n, from, count), () -> each(word, n, from));
                });
            } else {
                plainly(n);
            }
            nest.store(list, Index.of(Labels.CHUNK), Expr.read(n));
        });
    }

    /// All steps of a word: what is dense is listed a vector at a time, so that it is soon known to be dense.
    private void all(Variable n, Index from, Expr count) {
        Index end = Movement.variable(nest, "n", Expr.read(n));
        cuts.vector(count, LANES, k -> nest.store(list, end.plus(k), nest.expr(from.plus(k))));
        nest.add(new Stmt.Assign(n, Expr.add(Expr.read(n), count)));
    }

    private void each(Expr word, Variable n, Index from) {
        marks.each(word, bit -> {
            nest.add(new Stmt.Store(list, Expr.read(n), nest.expr(from.plus(bit))));
            nest.add(new Stmt.Assign(n, Expr.add(Expr.read(n), Expr.i32(1))));
        });
    }

    /// Without a branch: every step is written down, and what is zero is written over by the next.
    private void plainly(Variable n) {
        cuts.each("k", steps, AT_ONCE, k -> {
            nest.add(new Stmt.Store(list, Expr.read(n), nest.expr(k)));
            nest.add(new Stmt.Assign(n, Expr.add(Expr.read(n), marks.flag(a.apply(k)))));
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

    /// By the list: going by the bits themselves was measured to take as long.
    void each(Consumer<Index> body) {
        cuts.each("p", count(), p -> body.accept(step(p)));
    }
}
