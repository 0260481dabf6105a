package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Literal;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.type.Dim;

/// One row of sums of products in plain code: four steps at a time over the whole row, which HotSpot turns into vectors by itself. Each sum still takes its
/// products one by one.
///
/// @param partial scratch for the row
/// @param columns the loop over the columns
/// @param count   the steps of the chunk
record PlainRow(Nest nest, Buffer partial, Consumer<Consumer<Index>> columns, Expr count) {

    /// Over as many columns as are known.
    static PlainRow of(Nest nest, Buffer partial, int columns, Expr count) {
        return new PlainRow(nest, partial, body -> new Cuts(nest, columns).vector(Expr.i32(columns), 16, body), count);
    }

    /// The factors of one step: one for the row, one for each column.
    record Step(Expr a, Function<Index, Expr> b) {
    }

    /// @param step what is multiplied at a step
    /// @param sink what becomes of the sum of a column
    void sums(Function<Index, Step> step, BiConsumer<Index, Expr> sink) {
        Expr four = nest.let("four", Cuts.minus(count, Cuts.remainder(count, 4)));
        columns.accept(j -> nest.store(partial, j, new Literal(partial.element(), 0)));
        steps(4, Expr.i32(0), four, step);
        steps(1, four, count, step);
        columns.accept(j -> sink.accept(j, nest.let("x", new Expr.Load(partial, nest.expr(j)))));
    }

    private void steps(int width, Expr from, Expr to, Function<Index, Step> step) {
        if (from.equals(to)) {
            return;
        }
        Variable k = nest.open("k", Dim.of(Labels.CHUNK), to instanceof Literal literal ? Expr.i32((int) literal.value() / width) : to);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            steps.add(step.apply(Index.of(k).plus(i)));
        }
        columns.accept(j -> {
            Expr sum = new Expr.Load(partial, nest.expr(j));
            for (Step one : steps) {
                sum = new Expr.Fma(one.a(), one.b().apply(j), sum);
            }
            nest.store(partial, j, sum);
        });
        List<Stmt> body = nest.close();
        nest.add(new Stmt.For(k, from, to, width, body));
    }
}
