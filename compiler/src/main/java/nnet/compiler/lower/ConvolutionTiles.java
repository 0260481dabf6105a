package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Literal;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.lower.ConvolutionKernel.Chunk;
import nnet.compiler.lower.ConvolutionKernel.Part;
import nnet.compiler.schedule.Tile;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;

/// The loops of a convolution over one block of rows and one band of positions: register tiles, and the epilogue.
final class ConvolutionTiles {

    private final ConvolutionKernel kernel;
    private final Nest nest;
    private final Part part;
    private final Tile tile;
    private final Buffer sums;
    private final Optional<Buffer> packed;
    private final Cuts overSteps;
    private final Cuts overRows;
    private final Cuts overColumns;

    ConvolutionTiles(ConvolutionKernel kernel, Part part) {
        this.kernel = kernel;
        this.part = part;
        nest = kernel.nest;
        tile = kernel.tile;
        int all = kernel.channels * kernel.convolved.taps();
        sums = kernel.draft.formals.scratch(kernel.type, kernel.block * kernel.columns);
        packed = kernel.packsWeights
                ? Optional.of(kernel.draft.formals.scratch(kernel.type, all * ConvolutionKernel.roundUp(kernel.block, Tile.GROUP)))
                : Optional.empty();
        overSteps = new Cuts(nest, Math.min(kernel.steps, Labels.CHUNK));
        overRows = new Cuts(nest, kernel.block);
        overColumns = new Cuts(nest, kernel.columns);
    }

    /// All sums to 0, for several chunks to be added.
    void clear() {
        overRows.section("clear", () -> overColumns.vector(Expr.i32(kernel.block * kernel.columns), 16,
                j -> nest.store(sums, j, new Literal(kernel.type, 0))));
    }

    /// For each group of `Tile.GROUP` rows of weights, their steps one after the other.
    void pack(Chunk chunk) {
        packed.ifPresent(buffer -> overRows.section("pack_a", () -> overRows.groups(part.rows(), Tile.GROUP, (group, count) -> {
            Index start = group.times(kernel.channels * kernel.convolved.taps());
            if (kernel.isDirect) {
                overSteps.each("k", chunk.count(), k -> eachRow(count, i -> nest.store(buffer,
                        start.plus(chunk.lead().plus(k).times(Tile.GROUP)).plus(i), direct(group.plus(i), chunk.from().plus(k)))));
            } else {
                kernel.overSteps(chunk, (channel, taps, step) -> eachRow(count, i -> nest.store(buffer,
                        start.plus(step.times(Tile.GROUP)).plus(i), weight(group.plus(i), chunk.channel().plus(channel), taps))));
            }
        })));
    }

    /// The rows of a group, without a loop if they are known.
    private void eachRow(Expr count, Consumer<Index> body) {
        if (count instanceof Literal(ElementType _, double known)) {
            IntStream.range(0, (int) known).mapToObj(Index::of).forEach(body);
        } else {
            overRows.each("i", count, body);
        }
    }

    private Expr weight(Index row, Index channel, List<Index> taps) {
        Map<Integer, Index> point = new HashMap<>(part.around());
        kernel.roles.rows().ifPresent(label -> point.put(label, part.row().plus(row)));
        kernel.roles.channel().ifPresent(label -> point.put(label, channel));
        for (int axis = 0; axis < taps.size(); axis++) {
            point.put(kernel.convolved.axes().get(axis).tap(), taps.get(axis));
        }
        return kernel.draft.elements.at(kernel.convolved.other(),
                kernel.convolved.otherLabels().stream().map(point::get).toList());
    }

    /// The weight at a step of the whole contracted axis, where the weights of a row lie in its order: all labels but the last stay at 0.
    private Expr direct(Index row, Index step) {
        List<Index> taps = new ArrayList<>();
        int last = kernel.convolved.axes().size() - 1;
        while (last >= 0 && kernel.convolved.axes().get(last).taps() == 1) {
            last--;
        }
        for (int axis = 0; axis < kernel.convolved.axes().size(); axis++) {
            taps.add(axis == last ? step : Index.ZERO);
        }
        return weight(row, last < 0 ? step : Index.ZERO, taps);
    }

    /// All register tiles for one chunk.
    void rows(Chunk chunk) {
        if (kernel.target.lanes() == 1) {
            overRows.each("i", part.rows(), row -> scalarRow(chunk, row));
        } else if (kernel.panel.isPresent()) {
            overColumns.groups(Expr.i32(kernel.columns), tile.columns(),
                    (column, count) -> rows(rowsFor(count), (group, row, rows) -> overColumns
                            .vector(count, tile.columns(), j -> tile(chunk, group, row, rows, column, j))));
        } else {
            rows(packed.isPresent() ? tile.rows(false) : tile.rows(), (group, row, rows) -> columns(chunk, group, row, rows));
        }
    }

    /// A register tile: the group of its rows in packed weights, its first row in that, and how many.
    private interface RowTile {
        void at(Index group, Index row, int rows);
    }

    /// The last group may be half as wide: more rows make up for some of the sums that do not wait for each other.
    private int rowsFor(Expr columns) {
        return columns.equals(Expr.i32(tile.columns())) ? tile.rows() : tile.rows() + tile.rows() / 2;
    }

    private void rows(int most, RowTile body) {
        if (packed.isPresent()) {
            overRows.groups(part.rows(), Tile.GROUP,
                    (group, count) -> overRows.tiles(count, most, (row, rows) -> body.at(group, row, rows)));
        } else {
            overRows.tiles(part.rows(), most, (row, rows) -> body.at(Index.ZERO, row, rows));
        }
    }

    private void columns(Chunk chunk, Index group, Index row, int rows) {
        int width = tile.columnsFor(rows);
        overColumns.groups(Expr.i32(kernel.columns), width,
                (column, count) -> overColumns.vector(count, width, j -> tile(chunk, group, row, rows, column, j)));
    }

    /// The register tile: `rows` sums for one column.
    private void tile(Chunk chunk, Index group, Index row, int rows, Index column, Index j) {
        List<Variable> accumulators = new ArrayList<>();
        for (int r = 0; r < rows; r++) {
            accumulators.add(nest.var("acc", new Literal(kernel.type, 0)));
        }
        overSteps.each("k", chunk.count(), tile.steps(), k -> {
            Expr b = b(chunk, k, column, j);
            for (int r = 0; r < rows; r++) {
                Variable sum = accumulators.get(r);
                nest.add(new Stmt.Assign(sum, new Expr.Fma(a(chunk, group, row.plus(r), k), b, Expr.read(sum))));
            }
        });
        for (int r = 0; r < rows; r++) {
            add(chunk, group.plus(row).plus(r), column.plus(j), Expr.read(accumulators.get(r)));
        }
    }

    private Expr b(Chunk chunk, Index k, Index column, Index j) {
        return kernel.panel.map(panel -> load(panel.buffer, panel.at(column, k, j)))
                .orElseGet(() -> load(kernel.box.buffer, kernel.place(chunk, k).plus(column).plus(j)));
    }

    private Expr a(Chunk chunk, Index group, Index row, Index k) {
        int all = kernel.channels * kernel.convolved.taps();
        return packed.map(buffer -> load(buffer, group.times(all).plus(chunk.lead().plus(k).times(Tile.GROUP)).plus(row)))
                .orElseGet(() -> direct(group.plus(row), chunk.from().plus(k)));
    }

    private Expr load(Buffer buffer, Index index) {
        return nest.let("x", new Expr.Load(buffer, nest.expr(index)));
    }

    private Index place(Index row, Index column) {
        return row.times(kernel.columns).plus(column);
    }

    private void add(Chunk chunk, Index row, Index column, Expr sum) {
        boolean single = kernel.steps <= Labels.CHUNK;
        nest.store(sums, place(row, column), single ? sum : nest.let("total", Expr.add(load(sums, place(row, column)), sum)));
    }

    /// The epilogue over all positions of the band.
    void epilogue() {
        overRows.section("epilogue", () -> overRows.each("i", part.rows(), row -> positions(row, Index.ZERO, new ArrayList<>())));
    }

    private void positions(Index row, Index column, List<Index> outer) {
        List<Sliding> axes = kernel.convolved.axes();
        int axis = outer.size();
        if (axis == axes.size()) {
            Map<Integer, Index> point = new HashMap<>(part.around());
            kernel.roles.rows().ifPresent(label -> point.put(label, part.row().plus(row)));
            for (int i = 0; i < axes.size(); i++) {
                point.put(axes.get(i).position(), outer.get(i));
            }
            List<Index> indices = kernel.convolved.resultLabels().stream().map(point::get).toList();
            kernel.draft.elements.known(kernel.draft.cluster.roots().getFirst(), indices, load(sums, place(row, column)));
            ContractionKernel.epilogue(kernel.draft, indices);
            return;
        }
        Sliding sliding = axes.get(axis);
        boolean cut = axis == 0 && sliding.band() < sliding.positions();
        Expr count = !cut || sliding.positions() % sliding.band() == 0
                ? Expr.i32(sliding.band())
                : nest.let("count", Nest.min(nest.expr(Index.of(sliding.positions()).minus(part.start())), Expr.i32(sliding.band())));
        Variable p = nest.open("p", Dim.of(sliding.band()), count);
        outer.add(cut ? part.start().plus(Index.of(p)) : Index.of(p));
        positions(row, column.plus(Index.of(p).times(kernel.stride(axis))), outer);
        outer.removeLast();
        List<Stmt> body = nest.close();
        nest.add(axis == axes.size() - 1
                ? new Stmt.Vector(p, Expr.i32(0), count, 16, body)
                : new Stmt.For(p, Expr.i32(0), count, 1, body));
    }

    private void scalarRow(Chunk chunk, Index row) {
        Buffer partial = kernel.draft.formals.scratch(kernel.type, kernel.columns);
        new PlainRow(nest, partial, kernel.columns, chunk.count()).sums(k -> {
            Expr a = scalarA(chunk, row, k);
            Index place = kernel.place(chunk, k);
            return new PlainRow.Step(a, j -> load(kernel.box.buffer, place.plus(j)));
        }, (j, sum) -> add(chunk, row, j, sum));
    }

    /// A weight of a row that may be any row of its group.
    private Expr scalarA(Chunk chunk, Index row, Index k) {
        if (packed.isEmpty()) {
            return a(chunk, Index.ZERO, row, k);
        }
        Expr position = nest.expr(row);
        Index in = Movement.variable(nest, "row", new Expr.Binary(Expr.BinaryOp.REMAINDER, position, Expr.i32(Tile.GROUP)));
        return a(chunk, row.minus(in), in, k);
    }
}
