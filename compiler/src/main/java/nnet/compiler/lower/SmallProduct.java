package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Literal;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.schedule.Target;
import nnet.compiler.schedule.Tile;
import nnet.compiler.type.ElementType;

/// A matrix product inside of a kernel, of operands so small that they are in the nearest cache: register tiles without packing. Each sum begins at 0 and takes its
/// products ascending, like a chunk of a contraction.
final class SmallProduct {

    private final Draft draft;
    private final Nest nest;
    private final ElementType type;
    private final Tile tile;
    private final boolean isScalar;
    private Optional<Buffer> row = Optional.empty();

    /// One side of a product.
    ///
    /// @param count how many rows, columns or steps
    /// @param limit never more than these
    record Side(Expr count, int limit) {
        static Side of(int count) {
            return new Side(Expr.i32(count), count);
        }
    }

    /// Takes the sum for a row and a column.
    interface Sink {
        void take(Index row, Index column, Expr sum);
    }

    SmallProduct(Draft draft, ElementType type, Target target) {
        this.draft = draft;
        this.type = type;
        nest = draft.nest;
        tile = Tile.of(target);
        isScalar = target.lanes() == 1;
    }

    /// @param contiguous whether the elements of a row of A lie next to each other
    /// @param a          an element of A by row and step
    /// @param b          an element of B by step and column; columns lie next to each other
    void emit(String name, Side rows, Side columns, Side steps, boolean contiguous, BiFunction<Index, Index, Expr> a,
            BiFunction<Index, Index, Expr> b, Sink sink) {
        Cuts overRows = new Cuts(nest, rows.limit());
        overRows.section(name, () -> {
            if (isScalar) {
                overRows.each("i", rows.count(), i -> row(i, columns, steps, a, b, sink));
            } else {
                overRows.tiles(rows.count(), tile.rows(contiguous), (row, count) -> new Cuts(nest, columns.limit())
                        .vector(columns.count(), tile.columns(),
                                j -> tile(row, count, j, new Turns(steps, contiguous ? 1 : tile.steps()), a, b, sink)));
            }
        });
    }

    /// Steps, and how many of them make one turn of the loop: where the rows of A are read along the steps, HotSpot would spill a sum of two.
    private record Turns(Side steps, int width) {
    }

    private void tile(Index row, int count, Index j, Turns turns, BiFunction<Index, Index, Expr> a, BiFunction<Index, Index, Expr> b,
            Sink sink) {
        List<Variable> sums = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            sums.add(nest.var("acc", new Literal(type, 0)));
        }
        new Cuts(nest, turns.steps.limit()).each("k", turns.steps.count(), turns.width, k -> {
            Expr right = b.apply(k, j);
            for (int r = 0; r < count; r++) {
                nest.add(new Stmt.Assign(sums.get(r), new Expr.Fma(a.apply(row.plus(r), k), right, Expr.read(sums.get(r)))));
            }
        });
        for (int r = 0; r < count; r++) {
            sink.take(row.plus(r), j, Expr.read(sums.get(r)));
        }
    }

    /// In plain code a row of sums, which HotSpot turns into vectors by itself.
    private void row(Index row, Side columns, Side steps, BiFunction<Index, Index, Expr> a, BiFunction<Index, Index, Expr> b, Sink sink) {
        Buffer sums = sums(columns.limit());
        Cuts across = new Cuts(nest, columns.limit());
        across.vector(columns.count(), Tile.GROUP, j -> nest.store(sums, j, new Literal(type, 0)));
        new Cuts(nest, steps.limit()).each("k", steps.count(), k -> {
            Expr left = a.apply(row, k);
            across.vector(columns.count(), Tile.GROUP,
                    j -> nest.store(sums, j, new Expr.Fma(left, b.apply(k, j), new Expr.Load(sums, nest.expr(j)))));
        });
        across.vector(columns.count(), Tile.GROUP, j -> sink.take(row, j, nest.let("sum", new Expr.Load(sums, nest.expr(j)))));
    }

    /// Wide enough for every product of the kernel.
    private Buffer sums(int columns) {
        if (row.isEmpty() || row.get().scratchSize().orElseThrow() < columns) {
            row = Optional.of(draft.formals.scratch(type, columns));
        }
        return row.get();
    }
}
