package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Literal;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.lower.ConvolutionKernel.Chunk;
import nnet.compiler.lower.ConvolutionKernel.Part;
import nnet.compiler.schedule.Tile;

/// The register tiles of a convolution over one block of rows and one band of positions.
///
/// A few columns behind the last whole tile would cost as much as many. So they are turned: filters lie side by side in vectors there, as they do in the groups of
/// their weights, and the columns come one after the other.
final class ConvolutionTiles {

    /// Columns behind the last whole tile that are turned, at most: four leave as many sums as a tile has.
    private static final int TURNED = 4;

    private final ConvolutionKernel kernel;
    private final ConvolutionPlan plan;
    private final Nest nest;
    private final Part part;
    private final Tile tile;
    private final ConvolutionWeights weights;
    private final ConvolutionEpilogue epilogue;
    private final Cuts overSteps;
    private final Cuts overRows;
    private final Cuts overColumns;
    /// Sums of columns that are turned, for each all rows.
    private final Optional<Buffer> turned;

    ConvolutionTiles(ConvolutionKernel kernel, Part part) {
        this.kernel = kernel;
        this.part = part;
        plan = kernel.plan;
        nest = kernel.nest;
        tile = plan.tile();
        weights = new ConvolutionWeights(kernel, part);
        epilogue = new ConvolutionEpilogue(kernel, part);
        overSteps = new Cuts(nest, Math.min(plan.steps(), Labels.CHUNK));
        overRows = new Cuts(nest, plan.block());
        overColumns = new Cuts(nest, kernel.columns);
        turned = turnedColumns() > 0
                ? Optional.of(kernel.draft.formals.scratch(plan.type(), turnedColumns() * turnedRows()))
                : Optional.empty();
    }

    private int turnedColumns() {
        int rest = plan.convolved().bandPositions() % tile.columns();
        return kernel.panel.isPresent() && weights.isGrouped() && plan.group() == Tile.GROUP && rest <= TURNED ? rest : 0;
    }

    private int turnedRows() {
        return Cuts.roundUp(plan.block(), Tile.GROUP);
    }

    /// All sums to 0, for several chunks to be added.
    void clear() {
        kernel.sums.ifPresent(buffer -> clear(buffer, Cuts.roundUp(plan.block(), plan.group()) * kernel.columns));
        turned.ifPresent(buffer -> clear(buffer, turnedColumns() * turnedRows()));
    }

    private void clear(Buffer buffer, int size) {
        overRows.section("clear", () -> overColumns.vector(Expr.i32(size), 16, j -> nest.store(buffer, j, new Literal(plan.type(), 0))));
    }

    /// All register tiles for one chunk.
    void chunk(Chunk chunk) {
        weights.pack(chunk);
        if (plan.isScalar()) {
            overRows.each("i", part.rows(), row -> scalarRow(chunk, row));
        } else if (kernel.panel.isPresent()) {
            int positions = plan.convolved().bandPositions();
            int whole = turned.isPresent() ? positions - turnedColumns() : kernel.sums.isPresent() ? kernel.columns : positions;
            turned.ifPresent(buffer -> turn(chunk, buffer, Index.of(whole)));
            if (plan.isThin()) {
                rows(tile.rows(), (group, row, rows) -> overColumns.groups(Expr.i32(whole), tile.columns(),
                        (column, count) -> overColumns.vector(count, tile.columns(), j -> tile(chunk, group, row, rows, column, j))));
            } else {
                overColumns.groups(Expr.i32(whole), tile.columns(),
                        (column, count) -> rows(rowsFor(count), (group, row, rows) -> overColumns
                                .vector(count, tile.columns(), j -> tile(chunk, group, row, rows, column, j))));
            }
        } else {
            rows(plan.tileRows(), (group, row, rows) -> columns(chunk, group, row, rows));
        }
    }

    /// A register tile: the group of its rows, its first row in that, and how many.
    private interface RowTile {
        void at(Index group, Index row, int rows);
    }

    /// The last group may be half as wide: more rows make up for some of the sums that do not wait for each other.
    private int rowsFor(Expr columns) {
        return columns.equals(Expr.i32(tile.columns()))
                ? tile.rows()
                : plan.settled().isPresent() ? tile.rows() : tile.rows() + tile.rows() / 2;
    }

    private void rows(int most, RowTile body) {
        if (plan.group() < Tile.GROUP && kernel.sums.isPresent()) {
            // There is room for the sums of a whole group where rows end before.
            overRows.covering(part.rows(), most, row -> body.at(Index.ZERO, row, most));
        } else if (weights.isGrouped() && plan.group() == Tile.GROUP) {
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
        List<Variable> accumulators = accumulators(rows);
        overSteps.each("k", chunk.count(), tile.steps(), k -> {
            Expr b = b(chunk, k, column, j);
            for (int r = 0; r < rows; r++) {
                // One row alone may be any of its group.
                Expr a = rows == 1 ? weights.at(chunk, group.plus(row), k) : weights.at(chunk, group, row, r, k);
                multiply(accumulators.get(r), a, b);
            }
        });
        for (int r = 0; r < rows; r++) {
            sum(group.plus(row).plus(r), column.plus(j), Expr.read(accumulators.get(r)));
        }
    }

    /// What becomes of a sum of the chunk: it waits with others, or goes on at once.
    private void sum(Index row, Index column, Expr sum) {
        if (kernel.sums.isPresent()) {
            add(kernel.sums.get(), kernel.sum(row, column), sum);
        } else {
            epilogue.inLine(row, column, sum);
        }
    }

    private List<Variable> accumulators(int count) {
        List<Variable> accumulators = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            accumulators.add(nest.var("acc", new Literal(plan.type(), 0)));
        }
        return accumulators;
    }

    private void multiply(Variable sum, Expr a, Expr b) {
        nest.add(new Stmt.Assign(sum, new Expr.Fma(a, b, Expr.read(sum))));
    }

    private Expr b(Chunk chunk, Index k, Index column, Index j) {
        return kernel.panel.map(panel -> load(panel.buffer, panel.at(column, k, j)))
                .orElseGet(() -> load(kernel.box.orElseThrow().buffer, kernel.place(chunk, k).plus(column).plus(j)));
    }

    private Expr load(Buffer buffer, Index index) {
        return nest.let("x", new Expr.Load(buffer, nest.expr(index)));
    }

    /// What a chunk adds to a sum.
    private void add(Buffer buffer, Index place, Expr sum) {
        nest.store(buffer, place, plan.isOneChunk() ? sum : nest.let("total", Expr.add(load(buffer, place), sum)));
    }

    /// The columns that are turned: groups of rows side by side, those that are left one by one.
    private void turn(Chunk chunk, Buffer buffer, Index column) {
        int side = Integer.highestOneBit(TURNED / turnedColumns());
        Expr groups = part.rows() instanceof Literal(var _, double rows)
                ? Expr.i32(Math.ceilDiv((int) rows, Tile.GROUP))
                : nest.let("groups",
                        new Expr.Binary(Expr.BinaryOp.DIVIDE, Expr.add(part.rows(), Expr.i32(Tile.GROUP - 1)), Expr.i32(Tile.GROUP)));
        new Cuts(nest, turnedRows() / Tile.GROUP).tiles(groups, side,
                (group, count) -> overRows.vector(Expr.i32(Tile.GROUP), Tile.GROUP,
                        i -> turnedTile(chunk, buffer, group, count, column, i)));
    }

    private void turnedTile(Chunk chunk, Buffer buffer, Index group, int groups, Index column, Index i) {
        int count = turnedColumns();
        List<Variable> accumulators = accumulators(groups * count);
        overSteps.each("k", chunk.count(), k -> {
            List<Expr> a = new ArrayList<>();
            for (int g = 0; g < groups; g++) {
                a.add(weights.at(chunk, group.plus(g).times(Tile.GROUP), i, 0, k));
            }
            for (int c = 0; c < count; c++) {
                Expr b = b(chunk, k, column, Index.of(c));
                for (int g = 0; g < groups; g++) {
                    multiply(accumulators.get(g * count + c), a.get(g), b);
                }
            }
        });
        for (int g = 0; g < groups; g++) {
            for (int c = 0; c < count; c++) {
                Index place = group.plus(g).times(Tile.GROUP).plus(i).plus(c * turnedRows());
                add(buffer, place, Expr.read(accumulators.get(g * count + c)));
            }
        }
    }

    /// When all sums are there: what is turned takes its place among the others, and the epilogue is made of those that wait.
    void finish() {
        int first = plan.convolved().bandPositions() - turnedColumns();
        turned.ifPresent(buffer -> overRows.section("turn", () -> overRows.each("i", part.rows(), row -> {
            for (int c = 0; c < turnedColumns(); c++) {
                Expr sum = load(buffer, row.plus(c * turnedRows()));
                if (kernel.sums.isPresent()) {
                    nest.store(kernel.sums.get(), kernel.sum(row, Index.of(first + c)), sum);
                } else {
                    epilogue.inLine(row, Index.of(first + c), sum);
                }
            }
        })));
        if (kernel.sums.isPresent()) {
            epilogue.emit();
        }
    }

    private void scalarRow(Chunk chunk, Index row) {
        Buffer partial = kernel.draft.formals.scratch(plan.type(), kernel.columns);
        PlainRow.of(nest, partial, kernel.columns, chunk.count()).sums(k -> {
            Expr a = weights.at(chunk, row, k);
            Index place = kernel.place(chunk, k);
            return new PlainRow.Step(a, j -> load(kernel.box.orElseThrow().buffer, place.plus(j)));
        }, (j, sum) -> add(kernel.sums.orElseThrow(), kernel.sum(row, j), sum));
    }
}
