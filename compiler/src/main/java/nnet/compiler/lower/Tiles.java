package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Literal;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.schedule.Tile;
import nnet.compiler.tensor.Panels;
import nnet.compiler.type.ElementType;

/// The loops of a contraction over one block of rows and one panel of columns: packing, register tiles, the epilogue over the block.
///
/// A packed B holds, for each group of `tile.columns` columns, its rows one after the other; a packed A, for each group of rows, its columns.
final class Tiles implements ContractionForm {

    /// Rows that are computed side by side where there are no columns: chains of products that do not wait for each other.
    private static final int ROWS_WITHOUT_COLUMNS = 8;

    private final ContractionKernel kernel;
    private final Nest nest;
    private final Roles roles;
    private final Tile tile;
    private final Part part;
    private final Block block;
    private final Optional<Packed> packedA;
    private final Optional<Packed> packedB;
    private final Optional<Place> panels;
    private final boolean leavesOutZeros;
    private final Cuts overSteps;
    private final Cuts overRows;
    private final Cuts overColumns;

    Tiles(ContractionKernel kernel, Part part, Tile tile, boolean packB, int most) {
        this.kernel = kernel;
        this.part = part;
        nest = kernel.nest;
        roles = kernel.roles;
        this.tile = tile;
        block = new Block(kernel, part, most, roles.columns().isEmpty() ? 1 : tile.panel());
        int steps = roles.contracted().isFixed() ? Math.min(roles.contracted().size(), Labels.CHUNK) : Labels.CHUNK;
        overSteps = new Cuts(nest, steps);
        overRows = new Cuts(nest, most);
        overColumns = new Cuts(nest, tile.panel());
        panels = roles.panels().map(kernel.draft::source);
        leavesOutZeros = panels.isPresent() && tile.rows() == 1 && Nonzero.fits(roles);
        packedB = packB ? Optional.of(packed("b", tile.panel(), tile.columns(), steps)) : Optional.empty();
        boolean packA = packB && kernel.plan.packsA();
        int group = Tile.rowsSideBySide(kernel.target);
        packedA = packA ? Optional.of(packed("a", most, group, Packed.apart(steps, group))) : Optional.empty();
    }

    private Packed packed(String purpose, int members, int size, int stride) {
        return new Packed(nest, kernel.scratch(purpose, Packed.room(members, size, stride)), size, stride);
    }

    private boolean isScalar() {
        return kernel.target.lanes() == 1;
    }

    @Override
    public void prepare(Chunk chunk) {
        packedB.ifPresent(packed -> overColumns.section("pack_b", () -> packed.fill(overColumns, part.columns(), overSteps, chunk.count(),
                roles.bByColumn(), (column, k) -> block.b(column, chunk.from().plus(k)))));
        packedA.ifPresent(packed -> overRows.section("pack_a", () -> packed.fill(overRows, part.rows(), overSteps, chunk.count(),
                true, (row, k) -> block.a(row, chunk.from().plus(k)))));
    }

    /// All register tiles of the block for one chunk: a group of columns of B stays in the nearest cache while the rows pass by.
    @Override
    public void rows(Chunk chunk, boolean finish) {
        if (roles.columns().isEmpty()) {
            overRows.tiles(part.rows(), ROWS_WITHOUT_COLUMNS,
                    (row, rows) -> tile(chunk, Index.ZERO, row, rows, Index.ZERO, 1, Index.ZERO, finish));
        } else if (leavesOutZeros) {
            overRows.each("i", part.rows(), row -> {
                int last = roles.contracted().size() * Panels.WIDTH;
                Expr finite = nest.let("check", new Expr.Load(panels.orElseThrow().buffer(), Expr.i32(last)));
                Nonzero nonzero = new Nonzero(kernel, finite, chunk.count(), k -> List.of(block.a(row, chunk.from().plus(k))));
                kernel.choose(nonzero.areFew(), () -> row(chunk.only(nonzero), row, finish), () -> row(chunk, row, finish));
            });
        } else if (isScalar() && panels.isPresent()) {
            overRows.each("i", part.rows(), row -> row(chunk, row, finish));
        } else if (isScalar()) {
            overRows.tiles(part.rows(), 1, (row, _) -> scalarRow(chunk, row, Index.ZERO, part.columns(), finish));
        } else if (panels.isPresent()) {
            overColumns.groups(part.columns(), tile.columns(),
                    (column, count) -> rows((group, row, rows) -> panels(chunk, group.plus(row), rows, column, count, finish)));
        } else {
            overColumns.groups(part.columns(), tile.columns(),
                    (column, count) -> rows((group, row, rows) -> overColumns.vector(count, tile.columns(),
                            j -> tile(chunk, group, row, rows, column, 1, j, finish))));
        }
    }

    /// An element of A.
    ///
    /// @param group the first row of its group in a packed A
    /// @param row   counted from there
    private Expr factor(Chunk chunk, Index group, Index row, Index k) {
        return packedA.map(packed -> kernel.load(packed.buffer(), packed.at(group, k).plus(row)))
                .orElseGet(() -> block.a(group.plus(row), chunk.from().plus(k)));
    }

    /// One row times all panels. Where steps are left out, the weights come from anywhere, and there is time to keep one or two sums in memory: the fewer times the steps are
    /// gone through, the better.
    private void row(Chunk chunk, Index row, boolean finish) {
        if (isScalar()) {
            overColumns.groups(part.columns(), Panels.WIDTH, (column, count) -> scalarRow(chunk, row, column, count, finish));
        } else {
            int columns = chunk.nonzero().isPresent() ? kernel.plan.panelsAtOnce(0) * Panels.WIDTH : tile.columns();
            overColumns.groups(part.columns(), columns, (column, count) -> panels(chunk, row, 1, column, count, finish));
        }
    }

    /// Register tiles over panels side by side, those of the last group one by one.
    private void panels(Chunk chunk, Index row, int rows, Index columns, Expr count, boolean finish) {
        if (count instanceof Literal(ElementType _, double fixed) && fixed % Panels.WIDTH == 0) {
            int all = (int) fixed / Panels.WIDTH;
            overColumns.vector(Expr.i32(Panels.WIDTH), Panels.WIDTH, j -> tile(chunk, Index.ZERO, row, rows, columns, all, j, finish));
        } else {
            overColumns.groups(count, Panels.WIDTH, (column, width) -> overColumns.vector(width, Panels.WIDTH,
                    j -> tile(chunk, Index.ZERO, row, rows, columns.plus(column), 1, j, finish)));
        }
    }

    /// A register tile: the group of its rows in a packed A, its first row in that, and how many.
    private interface RowTile {
        void at(Index group, Index row, int rows);
    }

    private void rows(RowTile body) {
        if (packedA.isPresent()) {
            overRows.groups(part.rows(), packedA.get().size(),
                    (group, count) -> overRows.tiles(count, tile.rows(false), (row, rows) -> body.at(group, row, rows)));
        } else {
            overRows.tiles(part.rows(), tile.rows(roles.aByStep()), (row, rows) -> body.at(Index.ZERO, row, rows));
        }
    }

    /// The register tile: `rows` sums for one column, and those for the same column of the next panels.
    private void tile(Chunk chunk, Index group, Index row, int rows, Index columns, int side, Index j, boolean finish) {
        List<Variable> sums = new ArrayList<>();
        for (int i = 0; i < rows * side; i++) {
            sums.add(nest.var("acc", new Literal(kernel.type, 0)));
        }
        steps(chunk, k -> {
            if (rows == 1) {
                oneRow(chunk, group, row, columns, j, k, sums);
                return;
            }
            List<Expr> factors = new ArrayList<>();
            for (int panel = 0; panel < side; panel++) {
                factors.add(nest.let("x", ofB(chunk, columns.plus(panel * Panels.WIDTH), j, k)));
            }
            for (int r = 0; r < rows; r++) {
                Expr a = factor(chunk, group, row.plus(r), k);
                for (int panel = 0; panel < side; panel++) {
                    Variable sum = sums.get(r * side + panel);
                    nest.add(new Stmt.Assign(sum, new Expr.Fma(a, factors.get(panel), Expr.read(sum))));
                }
            }
        });
        for (int i = 0; i < rows * side; i++) {
            block.result(chunk, group.plus(row).plus(i / side), columns.plus(i % side * Panels.WIDTH).plus(j), Expr.read(sums.get(i)),
                    finish);
        }
    }

    /// One step of one row. What all of B is multiplied by comes first, and each part of B right before its product: then HotSpot lets the product read it from memory, which takes
    /// no register.
    private void oneRow(Chunk chunk, Index group, Index row, Index columns, Index j, Index k, List<Variable> sums) {
        Expr a = factor(chunk, group, row, k);
        for (int panel = 0; panel < sums.size(); panel++) {
            Variable sum = sums.get(panel);
            nest.add(new Stmt.Assign(sum, new Expr.Fma(a, ofB(chunk, columns.plus(panel * Panels.WIDTH), j, k), Expr.read(sum))));
        }
    }

    private Expr ofB(Chunk chunk, Index columns, Index j, Index k) {
        return packedB.map(packed -> kernel.load(packed.buffer(), packed.at(columns, k).plus(j))).orElseGet(() -> {
            Index step = chunk.from().plus(k);
            return chunk.nonzero().isPresent() ? block.distant(columns, j, step) : block.b(columns, j, step);
        });
    }

    private void steps(Chunk chunk, Consumer<Index> body) {
        chunk.nonzero().ifPresentOrElse(nonzero -> nonzero.each(body), () -> overSteps.each("k", chunk.count(), tile.steps(), body));
    }

    @Override
    public boolean goesByRow() {
        return tile.rows() == 1;
    }

    @Override
    public void epilogue() {
        overRows.section("epilogue", () -> overRows.each("i", part.rows(), i -> columns(j -> block.finish(i, j))));
    }

    /// All columns of the panel, or the one that there is.
    private void columns(Consumer<Index> body) {
        if (roles.columns().isEmpty()) {
            body.accept(Index.ZERO);
        } else {
            overColumns.vector(part.columns(), tile.columns(), body);
        }
    }

    /// One row of sums in plain code.
    private void scalarRow(Chunk chunk, Index row, Index columns, Expr width, boolean finish) {
        Expr count = chunk.nonzero().map(Nonzero::count).orElse(chunk.count());
        new PlainRow(nest, kernel.scratch("row", tile.panel()), body -> overColumns.vector(width, tile.columns(), body), count)
                .sums(number -> {
                    Index step = chunk.nonzero().map(nonzero -> nonzero.step(number)).orElse(number);
                    return new PlainRow.Step(block.a(row, chunk.from().plus(step)),
                            j -> packedB.map(packed -> kernel.load(packed.buffer(), packed.at(Index.ZERO, step).plus(j)))
                                    .orElseGet(() -> block.b(columns, j, chunk.from().plus(step))));
                }, (j, sum) -> block.result(chunk, row, columns.plus(j), sum, finish));
    }
}
