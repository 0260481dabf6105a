package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.loop.Expr.Literal;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.lower.WeightGradientKernel.Chunk;
import nnet.compiler.lower.WeightGradientKernel.Part;
import nnet.compiler.type.Dim;

/// The loops of a gradient by weights over a block of channels and a panel of columns: packing, register tiles, the epilogue.
final class WeightGradientTiles {

    /// Lines from which on a loop over each pays.
    private static final int LONG_LINE = 8;

    private final WeightGradientKernel kernel;
    private final Nest nest;
    private final Part part;
    private final Buffer packed;
    private final Buffer sums;
    private final int rows;
    /// Positions of the lines of a chunk, at most.
    private final int steps;
    private final Cuts overSteps;
    private final Cuts overRows;
    private final Cuts overColumns;

    WeightGradientTiles(WeightGradientKernel kernel, Part part) {
        this.kernel = kernel;
        this.part = part;
        nest = kernel.nest;
        rows = kernel.channels * kernel.convolved.taps();
        steps = Lines.most(kernel.convolved) * kernel.lines.length();
        packed = kernel.draft.formals.scratch(kernel.type, steps * kernel.panel);
        sums = kernel.draft.formals.scratch(kernel.type, rows * kernel.panel);
        overSteps = new Cuts(nest, Labels.CHUNK);
        overRows = new Cuts(nest, rows);
        overColumns = new Cuts(nest, kernel.panel);
    }

    /// Chunks are added to 0.
    void clear() {
        overRows.section("clear", () -> overColumns.vector(Expr.i32(rows * kernel.panel), 16,
                j -> nest.store(sums, j, new Literal(kernel.type, 0))));
    }

    /// For each group of `tile.columns` columns, the positions of the lines one after the other.
    void pack(Chunk chunk) {
        int length = kernel.lines.length();
        int width = kernel.tile.columns();
        new Cuts(nest, Lines.most(kernel.convolved)).each("i", chunk.lines(), line -> {
            List<Index> point = kernel.position(chunk.line().plus(line));
            overColumns.groups(part.columns(), width, (group, count) -> new Cuts(nest, length).each("p", Expr.i32(length), p -> {
                Index start = group.times(steps).plus(line.times(length).plus(p).times(width));
                overColumns.each("j", count, j -> nest.store(packed, start.plus(j), cotangent(point, p, group.plus(j))));
            }));
        });
    }

    private Expr cotangent(List<Index> point, Index last, Index column) {
        Map<Integer, Index> index = new HashMap<>(part.around());
        List<Sliding> axes = kernel.convolved.axes();
        kernel.form.batch().ifPresent(label -> index.put(label, point.getFirst()));
        for (int axis = 0; axis < axes.size() - 1; axis++) {
            index.put(axes.get(axis).position(), point.get(axis + 1));
        }
        index.put(axes.getLast().position(), last);
        index.put(kernel.form.columns(), part.column().plus(column));
        return kernel.draft.elements.at(kernel.convolved.other(), kernel.convolved.otherLabels().stream().map(index::get).toList());
    }

    /// All register tiles for one chunk.
    void rows(Chunk chunk) {
        if (kernel.target.lanes() == 1) {
            overRows.each("i", Expr.i32(rows), row -> overColumns.groups(Expr.i32(kernel.panel), kernel.tile.columns(),
                    (group, count) -> scalarRow(chunk, row, group)));
        } else {
            overRows.tiles(Expr.i32(rows), kernel.tile.rows(),
                    (row, count) -> overColumns.groups(Expr.i32(kernel.panel), kernel.tile.columns(),
                            (group, width) -> overColumns.vector(width, Cuts.roundUp(kernel.tile.columns(), 16),
                                    j -> tile(chunk, row, count, group, j))));
        }
    }

    /// The register tile: `count` sums for one column.
    private void tile(Chunk chunk, Index row, int count, Index group, Index j) {
        List<Variable> accumulators = new ArrayList<>();
        List<Index> starts = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            starts.add(start(row.plus(r)));
        }
        for (int r = 0; r < count; r++) {
            accumulators.add(nest.var("acc", new Literal(kernel.type, 0)));
        }
        eachStep(chunk, (place, position) -> {
            Expr b = b(position, group, j);
            for (int r = 0; r < count; r++) {
                Expr a = load(kernel.lines.buffer, starts.get(r).plus(place));
                nest.add(new Stmt.Assign(accumulators.get(r), new Expr.Fma(a, b, Expr.read(accumulators.get(r)))));
            }
        });
        for (int r = 0; r < count; r++) {
            add(row.plus(r), group.plus(j), Expr.read(accumulators.get(r)));
        }
    }

    /// What is done at a step.
    private interface Step {

        /// @param place    how far the element of A lies behind the start of its row
        /// @param position the position among those of the lines of the chunk
        void at(Index place, Index position);
    }

    /// Line by line, where lines are long enough: positions of a line lie at equal distances, so that HotSpot tests the bounds once for all of them.
    private void eachStep(Chunk chunk, Step body) {
        int length = kernel.lines.length();
        if (length < LONG_LINE) {
            overSteps.each("k", chunk.count(), kernel.tile.steps(), k -> body.at(place(chunk, k), chunk.lead().plus(k)));
            return;
        }
        new Cuts(nest, Lines.most(kernel.convolved)).each("i", chunk.lines(), line -> {
            Index before = chunk.lead().minus(line.times(length));
            Expr from = nest.let("first", new Expr.Binary(BinaryOp.MAX, nest.expr(before), Expr.i32(0)));
            Expr behind = Expr.add(nest.expr(before), chunk.count());
            Expr to = nest.let("end", Nest.min(behind, Expr.i32(length)));
            Variable p = nest.open("p", Dim.of(length), Expr.i32(length));
            body.at(kernel.lines.place(line, Index.of(p)), line.times(length).plus(Index.of(p)));
            List<Stmt> statements = nest.close();
            nest.add(new Stmt.For(p, from, to, 1, statements));
        });
    }

    private void scalarRow(Chunk chunk, Index row, Index group) {
        Buffer partial = kernel.draft.formals.scratch(kernel.type, kernel.tile.columns());
        Index start = start(row);
        PlainRow.of(nest, partial, kernel.tile.columns(), chunk.count()).sums(
                k -> new PlainRow.Step(load(kernel.lines.buffer, start.plus(place(chunk, k))), j -> b(chunk.lead().plus(k), group, j)),
                (j, sum) -> add(row, group.plus(j), sum));
    }

    private Index start(Index row) {
        return Movement.variable(nest, "start", new Expr.Load(kernel.lines.rows, nest.expr(row)));
    }

    private Index place(Chunk chunk, Index k) {
        return Movement.variable(nest, "place", new Expr.Load(kernel.lines.positions, nest.expr(chunk.lead().plus(k))));
    }

    private Expr b(Index position, Index group, Index j) {
        return load(packed, group.times(steps).plus(position.times(kernel.tile.columns())).plus(j));
    }

    private Expr load(Buffer buffer, Index index) {
        return nest.let("x", new Expr.Load(buffer, nest.expr(index)));
    }

    private void add(Index row, Index column, Expr sum) {
        Index place = row.times(kernel.panel).plus(column);
        nest.store(sums, place, nest.let("total", Expr.add(load(sums, place), sum)));
    }

    /// The epilogue over all columns and rows of the part.
    void epilogue() {
        overRows.section("epilogue",
                () -> overColumns.each("j", part.columns(), column -> new Cuts(nest, kernel.channels).each("c", part.channels(),
                        channel -> kernel.lines.taps(kernel.convolved.axes().size(), new ArrayList<>(), channel, (taps, row) -> {
                            Map<Integer, Index> index = new HashMap<>(part.around());
                            index.put(kernel.form.columns(), part.column().plus(column));
                            kernel.form.channel().ifPresent(label -> index.put(label, part.channel().plus(channel)));
                            for (int axis = 0; axis < taps.size(); axis++) {
                                index.put(kernel.convolved.axes().get(axis).tap(), taps.get(axis));
                            }
                            List<Index> indices = kernel.convolved.resultLabels().stream().map(index::get).toList();
                            Epilogue.finish(kernel.draft, indices, load(sums, row.times(kernel.panel).plus(column)));
                        }))));
    }
}
