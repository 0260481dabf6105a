package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Literal;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.lower.ContractionKernel.Chunk;
import nnet.compiler.lower.ContractionKernel.Part;
import nnet.compiler.schedule.Tile;
import nnet.compiler.tensor.Panels;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;

/// The loops of a contraction over one block of rows and one panel of columns: packing, register tiles, the epilogue over the block.
///
/// A packed B holds, for each group of `tile.columns` columns, its rows one after the other; a packed A, for each group of rows, its columns.
final class Tiles {

    /// Rows that are computed side by side where there are no columns: chains of products that do not wait for each other.
    private static final int ROWS_WITHOUT_COLUMNS = 8;

    private final ContractionKernel kernel;
    private final Nest nest;
    private final Roles roles;
    private final Tile tile;
    private final Part part;
    private final int block;
    private final int steps;
    private final Optional<Packed> packedA;
    private final Optional<Packed> packedB;
    private final Optional<Place> panels;
    private final boolean leavesOutZeros;
    /// Says whether all of a packed B is finite, where tiles leave out steps at which all their rows are zero.
    private final Optional<Buffer> check;
    private final Cuts overSteps;
    private final Cuts overRows;
    private final Cuts overColumns;
    private Optional<Place> sums = Optional.empty();

    Tiles(ContractionKernel kernel, Part part, Tile tile, boolean packB, int block) {
        this.kernel = kernel;
        this.part = part;
        this.block = block;
        nest = kernel.nest;
        roles = kernel.roles;
        this.tile = tile;
        steps = roles.contracted().isFixed() ? Math.min(roles.contracted().size(), Labels.CHUNK) : Labels.CHUNK;
        overSteps = new Cuts(nest, steps);
        overRows = new Cuts(nest, block);
        overColumns = new Cuts(nest, tile.panel());
        panels = roles.panels().map(kernel.draft::source);
        leavesOutZeros = panels.isPresent() && tile.rows() == 1 && Nonzero.fits(roles);
        packedB = packB ? Optional.of(packed("b", tile.panel(), tile.columns(), steps)) : Optional.empty();
        boolean packA = packB && !isScalar() && roles.aByRow() && !roles.aByStep() && block >= 2 * Tile.GROUP;
        int group = Tile.rowsSideBySide(kernel.target);
        packedA = packA ? Optional.of(packed("a", block, group, Packed.apart(steps, group))) : Optional.empty();
        boolean tilesLeaveOutZeros = kernel.isOfData && kernel.type == ElementType.F32 && !isScalar() && roles.bByColumn()
                && packedB.filter(packed -> packed.isWhole(part.columns())).isPresent();
        check = tilesLeaveOutZeros ? Optional.of(kernel.scratch("check", tile.columns())) : Optional.empty();
    }

    private Packed packed(String purpose, int members, int size, int stride) {
        return new Packed(nest, kernel.scratch(purpose, Packed.room(members, size, stride)), size, stride);
    }

    private boolean isScalar() {
        return kernel.target.lanes() == 1;
    }

    void pack(Chunk chunk) {
        packedB.ifPresent(packed -> overColumns.section("pack_b", () -> {
            BiFunction<Index, Index, Expr> element = (column, k) -> b(column, chunk.from().plus(k));
            check.ifPresentOrElse(
                    buffer -> packed.fillAndCheck(overColumns, part.columns(), overSteps, chunk.count(), element, buffer),
                    () -> packed.fill(overColumns, part.columns(), overSteps, chunk.count(), roles.bByColumn(), element));
        }));
        packedA.ifPresent(packed -> overRows.section("pack_a", () -> packed.fill(overRows, part.rows(), overSteps, chunk.count(),
                true, (row, k) -> a(row, chunk.from().plus(k)))));
    }

    private Expr a(Index row, Index step) {
        Map<Integer, Index> point = new HashMap<>(part.around());
        roles.rows().ifPresent(axis -> point.put(axis, part.row().plus(row)));
        return kernel.draft.elements.at(roles.operandA(), roles.element(roles.a(), point, roles.steps(nest, step)));
    }

    /// @param columns the first of those side by side
    /// @param j       which of them
    private Expr b(Index columns, Index j, Index step) {
        return panels.map(place -> load(place.buffer(),
                part.column().plus(columns).times(roles.contracted().size() + 1).plus(step.times(Panels.WIDTH)).plus(j)))
                .orElseGet(() -> b(columns.plus(j), step));
    }

    private Expr b(Index column, Index step) {
        Map<Integer, Index> point = new HashMap<>(part.around());
        roles.columns().ifPresent(axis -> point.put(axis, part.column().plus(column)));
        return kernel.draft.elements.at(roles.operandB(), roles.element(1 - roles.a(), point, roles.steps(nest, step)));
    }

    /// All register tiles of the block for one chunk: a group of columns of B stays in the nearest cache while the rows pass by.
    void rows(Chunk chunk, boolean finish) {
        if (roles.columns().isEmpty()) {
            overRows.tiles(part.rows(), ROWS_WITHOUT_COLUMNS,
                    (row, rows) -> tile(chunk, Index.ZERO, row, rows, Index.ZERO, 1, Index.ZERO, finish));
        } else if (leavesOutZeros) {
            overRows.each("i", part.rows(), row -> {
                int last = roles.contracted().size() * Panels.WIDTH;
                Expr finite = nest.let("check", new Expr.Load(panels.orElseThrow().buffer(), Expr.i32(last)));
                Nonzero nonzero = new Nonzero(kernel, finite, chunk.count(), k -> List.of(a(row, chunk.from().plus(k))));
                kernel.choose(nonzero.areFew(), () -> {
                    nonzero.list();
                    row(chunk.only(nonzero), row, finish);
                }, () -> row(chunk, row, finish));
            });
        } else if (isScalar() && panels.isPresent()) {
            overRows.each("i", part.rows(), row -> row(chunk, row, finish));
        } else if (isScalar()) {
            overRows.tiles(part.rows(), 1, (row, _) -> scalarRow(chunk, row, Index.ZERO, part.columns(), finish));
        } else if (panels.isPresent()) {
            overColumns.groups(part.columns(), tile.columns(),
                    (column, count) -> rows((group, row, rows) -> panels(chunk, group.plus(row), rows, column, count, finish)));
        } else if (check.isPresent()) {
            kernel.choose(seemsSparse(chunk), () -> listed(chunk, finish), () -> all(chunk, finish));
        } else {
            all(chunk, finish);
        }
    }

    private void all(Chunk chunk, boolean finish) {
        overColumns.groups(part.columns(), tile.columns(),
                (column, count) -> rows((group, row, rows) -> overColumns.vector(count, tile.columns(),
                        j -> tile(chunk, group, row, rows, column, 1, j, finish))));
    }

    /// For each tile of rows the steps at which they are not all zero, for all columns.
    private void listed(Chunk chunk, boolean finish) {
        rows((group, row, rows) -> {
            Nonzero nonzero = new Nonzero(kernel, Expr.f32(0), chunk.count(),
                    k -> IntStream.range(0, rows).mapToObj(r -> factor(chunk, group, row.plus(r), k)).toList());
            nonzero.mark();
            nonzero.list();
            overColumns.groups(part.columns(), tile.columns(), (column, count) -> overColumns.vector(count, tile.columns(),
                    j -> tile(chunk.only(nonzero), group, row, rows, column, 1, j, finish)));
        });
    }

    /// Whether one row, from the middle where it is known where that is, has many zeros, and B is finite.
    private Expr seemsSparse(Chunk chunk) {
        int size = packedA.map(Packed::size).orElse(1);
        Index row = Index.of(part.rows() instanceof Literal(ElementType _, double fixed) ? (int) fixed / 2 / size * size : 0);
        Variable lane = nest.open("lane", Dim.of(tile.columns()), Expr.i32(tile.columns()));
        Expr each = new Expr.Load(check.orElseThrow(), nest.expr(Index.of(lane)));
        List<Stmt> body = nest.close();
        Variable sum = nest.declare("check", kernel.type);
        nest.add(new Stmt.Reduce(sum, Stmt.Combine.SUM, lane, Expr.i32(0), Expr.i32(tile.columns()), 16, body, each));
        return new Nonzero(kernel, Expr.read(sum), chunk.count(), k -> List.of(factor(chunk, row, Index.ZERO, k))).areFew();
    }

    /// An element of A.
    ///
    /// @param group the first row of its group in a packed A
    /// @param row   counted from there
    private Expr factor(Chunk chunk, Index group, Index row, Index k) {
        return packedA.map(packed -> load(packed.buffer(), packed.at(group, k).plus(row)))
                .orElseGet(() -> a(group.plus(row), chunk.from().plus(k)));
    }

    /// One row times all panels.
    private void row(Chunk chunk, Index row, boolean finish) {
        if (isScalar()) {
            overColumns.groups(part.columns(), Panels.WIDTH, (column, count) -> scalarRow(chunk, row, column, count, finish));
        } else {
            overColumns.groups(part.columns(), tile.columns(), (column, count) -> panels(chunk, row, 1, column, count, finish));
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
            List<Expr> factors = new ArrayList<>();
            for (int panel = 0; panel < side; panel++) {
                Index from = columns.plus(panel * Panels.WIDTH);
                factors.add(packedB.map(packed -> load(packed.buffer(), packed.at(from, k).plus(j)))
                        .orElseGet(() -> b(from, j, chunk.from().plus(k))));
            }
            for (int r = 0; r < rows; r++) {
                Index own = row.plus(r);
                Expr a = factor(chunk, group, own, k);
                for (int panel = 0; panel < side; panel++) {
                    Variable sum = sums.get(r * side + panel);
                    nest.add(new Stmt.Assign(sum, new Expr.Fma(a, factors.get(panel), Expr.read(sum))));
                }
            }
        });
        for (int i = 0; i < rows * side; i++) {
            List<Index> indices = indices(group.plus(row).plus(i / side), columns.plus(i % side * Panels.WIDTH).plus(j));
            result(chunk, indices, Expr.read(sums.get(i)), finish);
        }
    }

    private void steps(Chunk chunk, Consumer<Index> body) {
        chunk.nonzero().ifPresentOrElse(nonzero -> nonzero.each(body), () -> overSteps.each("k", chunk.count(), tile.steps(), body));
    }

    private Expr load(Buffer buffer, Index index) {
        return nest.let("x", new Expr.Load(buffer, nest.expr(index)));
    }

    private List<Index> indices(Index row, Index column) {
        Map<Integer, Index> point = new HashMap<>(part.around());
        roles.rows().ifPresent(axis -> point.put(axis, part.row().plus(row)));
        roles.columns().ifPresent(axis -> point.put(axis, part.column().plus(column)));
        return roles.result(point);
    }

    /// What becomes of the sum of a chunk: it is added to those before, and waits, or goes through the epilogue.
    private void result(Chunk chunk, List<Index> indices, Expr sum, boolean finish) {
        Expr total = chunk.first() ? sum : nest.let("total", Expr.add(load(sums().buffer(), sums().offset(indices)), sum));
        if (finish) {
            ContractionKernel.finish(kernel.draft, indices, total);
        } else {
            nest.store(sums().buffer(), sums().offset(indices), total);
        }
    }

    /// Where sums wait: the block, in scratch.
    private Place sums() {
        if (sums.isEmpty()) {
            int width = roles.columns().isEmpty() ? 1 : tile.panel();
            List<Dim> strides = new ArrayList<>();
            for (int axis = 0; axis < kernel.root.shape().rank(); axis++) {
                strides.add(Dim.of(roles.rows().equals(Optional.of(axis)) ? width : roles.columns().equals(Optional.of(axis)) ? 1 : 0));
            }
            Index base = part.row().times(width).plus(part.column()).times(-1);
            sums = Optional.of(new Place(kernel.scratch("sums", block * width), base, strides));
        }
        return sums.get();
    }

    /// The epilogue over the whole block, where it was too long for registers.
    void epilogue() {
        overRows.section("epilogue", () -> {
            overRows.each("i", part.rows(), i -> columns(j -> {
                List<Index> indices = indices(i, j);
                ContractionKernel.finish(kernel.draft, indices, load(sums().buffer(), sums().offset(indices)));
            }));
        });
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
                    return new PlainRow.Step(a(row, chunk.from().plus(step)),
                            j -> packedB.map(packed -> load(packed.buffer(), packed.at(Index.ZERO, step).plus(j)))
                                    .orElseGet(() -> b(columns, j, chunk.from().plus(step))));
                }, (j, sum) -> result(chunk, indices(row, columns.plus(j)), sum, finish));
    }
}
