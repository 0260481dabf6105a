package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Binary;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.loop.Expr.Literal;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;

/// A product of data of which most is zero: images with a background, counts, one-hot columns. Two rows at a time are looked through for the steps at which one of
/// them is not zero, once for all columns; register tiles take these steps alone, and read both factors as they lie. `Nonzero` says why no bit changes.
final class SparseRows implements ContractionForm {

    /// With more rows to a tile there are fewer steps at which all are zero, with one row more lists, and more is read for each product.
    private static final int ROWS = 2;
    /// Vectors of columns of a tile: 2 x 4 chains fill two units of latency four.
    private static final int VECTORS = 4;
    /// Rows whose lists are kept at a time.
    private static final int BLOCK = 32;
    private static final int TILES = BLOCK / ROWS;
    /// Rows of a part, at least, where there are as many for some parts: each part looks through all of B.
    private static final int ENOUGH_ROWS = 128;
    private static final int FEWEST_PARTS = 4;
    /// Columns that all these rows pass by, so that what they read of B stays in the second-level cache.
    private static final int PANEL = 128;
    /// Fewer columns do not pay for the lists, and sums of more do not fit beside them.
    private static final int FEWEST_COLUMNS = 64;
    private static final int MOST_COLUMNS = 4096;
    /// The part of an example that may be other than zero.
    private static final double FEW = 0.4;
    private static final int LIST = Labels.CHUNK + 1;
    private static final int LANES = 16;

    private final ContractionKernel kernel;
    private final Nest nest;
    private final Roles roles;
    private final Part part;
    private final Block block;
    private final int columns;
    private final int width;
    private final Cuts overRows;
    private final Cuts overColumns;
    private final Cuts overSteps;
    private final Buffer lists;
    private final Marks marks;
    /// Marks of the tiles, where rows lie side by side.
    private final Buffer words;
    /// One number: 0 if all of B is finite, or NaN.
    private final Buffer finite;

    private SparseRows(ContractionKernel kernel, Part part) {
        this.kernel = kernel;
        this.part = part;
        nest = kernel.nest;
        roles = kernel.roles;
        columns = roles.size(roles.columns()).size();
        block = new Block(kernel, part, BLOCK, columns);
        width = Math.max(VECTORS * kernel.target.lanes(), LANES);
        overRows = new Cuts(nest, BLOCK);
        overColumns = new Cuts(nest, columns);
        overSteps = new Cuts(nest, Labels.CHUNK);
        lists = kernel.scratch("lists", ElementType.I32, TILES * LIST);
        marks = new Marks(nest);
        words = kernel.scratch("words", ElementType.I32, Labels.CHUNK);
        finite = kernel.scratch("finite", 1);
    }

    /// Whether a contraction may have this form: A is data whose elements lie next to each other along the rows or the steps, and so do those of B along the columns,
    /// which is one matrix for all.
    static boolean fits(ContractionKernel kernel) {
        Roles roles = kernel.roles;
        Dim columns = roles.size(roles.columns());
        return kernel.isOfData && kernel.type == ElementType.F32 && kernel.target.lanes() > 1 && roles.rows().isPresent()
                && (roles.aByStep() || roles.aByRow()) && roles.bByColumn() && roles.panels().isEmpty()
                && columns.isFixed() && columns.size() >= FEWEST_COLUMNS && columns.size() <= MOST_COLUMNS
                && roles.around().stream().noneMatch(roles::isOfB);
    }

    /// One of several parts: some of the rows, or all rows at some positions of the axes around.
    ///
    /// @param parts how many there are
    static void part(ContractionKernel kernel, Expr parts) {
        Nest nest = kernel.nest;
        List<Dim> sizes = kernel.roles.around().stream().map(kernel.roles.sizes()::get).toList();
        Dim rows = kernel.roles.size(kernel.roles.rows());
        Dim all = sizes.isEmpty() ? rows : new Shape(sizes).size();
        int unit = sizes.isEmpty() ? ROWS : 1;
        Expr enough = sizes.isEmpty() ? Expr.i32(ENOUGH_ROWS) : dividedUp(Expr.i32(ENOUGH_ROWS), nest.dim(rows));
        Expr count = nest.dim(all);
        // No tile is cut, and no part so small that looking through B costs much of it. Those with nothing to do lie between the others, since threads take several in a row.
        Expr least = Nest.min(dividedUp(count, Expr.i32(FEWEST_PARTS)), enough);
        Expr wanted = new Binary(BinaryOp.MAX, dividedUp(count, parts), least);
        Expr share = nest.let("share", Expr.multiply(dividedUp(wanted, Expr.i32(unit)), Expr.i32(unit)));
        Expr apart = nest.let("apart", new Binary(BinaryOp.MAX, new Binary(BinaryOp.DIVIDE, parts, dividedUp(count, share)), Expr.i32(1)));
        Expr from = nest.let("from", Expr.multiply(new Binary(BinaryOp.DIVIDE, Expr.read(nest.parallel), apart), share));
        Expr isBusy = new Binary(BinaryOp.EQUAL, new Binary(BinaryOp.REMAINDER, Expr.read(nest.parallel), apart), Expr.i32(0));
        Expr to = nest.let("to", new Expr.Select(isBusy, Nest.min(Expr.add(from, share), count), from));
        nest.open(true);
        ofFirst(kernel).check();
        if (sizes.isEmpty()) {
            rows(kernel, Map.of(), from, to);
        } else {
            Variable position = nest.open("position", all, Expr.i32(1));
            List<Index> positions = Movement.split(nest, Index.of(position), sizes);
            Map<Integer, Index> around = new HashMap<>();
            kernel.roles.around().forEach(axis -> around.put(axis, positions.get(around.size())));
            rows(kernel, around, Expr.i32(0), nest.dim(rows));
            nest.add(new Stmt.For(position, from, to, 1, nest.close()));
        }
        nest.add(new Stmt.If(new Binary(BinaryOp.LESS, from, to), nest.close(), List.of()));
    }

    private static void rows(ContractionKernel kernel, Map<Integer, Index> around, Expr from, Expr to) {
        Nest nest = kernel.nest;
        Variable row = nest.open("row", kernel.roles.size(kernel.roles.rows()), Expr.i32(1));
        Expr count = nest.let("count", Nest.min(new Binary(BinaryOp.SUBTRACT, to, Expr.read(row)), Expr.i32(BLOCK)));
        kernel.chunks(new SparseRows(kernel, new Part(around, Index.of(row), count, Index.ZERO, Expr.i32(1))));
        nest.add(new Stmt.For(row, from, to, BLOCK, nest.close()));
    }

    private static Expr dividedUp(Expr count, Expr by) {
        return new Binary(BinaryOp.DIVIDE, Expr.add(count, Cuts.minus(by, Expr.i32(1))), by);
    }

    /// Whether few elements of the first example are other than zero: all parts say the same.
    static Expr isWorth(ContractionKernel kernel) {
        return ofFirst(kernel).areFew();
    }

    /// For what is asked of the first row, or of the other factor.
    private static SparseRows ofFirst(ContractionKernel kernel) {
        return new SparseRows(kernel, new Part(Map.of(), Index.ZERO, Expr.i32(1), Index.ZERO, Expr.i32(1)));
    }

    private Expr areFew() {
        Dim size = roles.aByStep() ? roles.contracted() : roles.size(roles.rows());
        Variable i = nest.open("i", size);
        Expr nonzero = marks.flag(List.of(roles.aByStep() ? block.a(Index.ZERO, Index.of(i)) : block.a(Index.of(i), Index.ZERO)));
        List<Stmt> body = nest.close();
        Variable count = nest.declare("count", ElementType.I32);
        nest.add(new Stmt.Reduce(count, Stmt.Combine.SUM, i, Expr.i32(0), nest.size(size), LANES, body, nonzero));
        Expr most = Expr.multiply(new Expr.Convert(ElementType.F32, nest.size(size)), Expr.f32(FEW));
        return new Binary(BinaryOp.LESS_EQUAL, new Expr.Convert(ElementType.F32, Expr.read(count)), most);
    }

    /// Finds out whether all of B is finite: 0 times a number that is not is NaN. Where it is not, all steps are listed.
    private void check() {
        Buffer checks = kernel.scratch("checks", columns);
        Expr zero = new Literal(kernel.type, 0);
        overColumns.vector(Expr.i32(columns), VECTORS * LANES, j -> nest.store(checks, j, zero));
        // As B lies: row after row.
        Variable k = nest.open("k", roles.contracted());
        overColumns.vector(Expr.i32(columns), VECTORS * LANES,
                j -> nest.store(checks, j, new Expr.Fma(block.b(j, Index.of(k)), zero, kernel.load(checks, j))));
        nest.add(new Stmt.For(k, Expr.i32(0), nest.size(roles.contracted()), 1, nest.close()));
        Variable j = nest.open("j", Dim.of(columns));
        Expr each = new Expr.Load(checks, nest.expr(Index.of(j)));
        List<Stmt> body = nest.close();
        Variable sum = nest.declare("check", kernel.type);
        nest.add(new Stmt.Reduce(sum, Stmt.Combine.SUM, j, Expr.i32(0), Expr.i32(columns), LANES, body, each));
        nest.store(finite, Index.ZERO, Expr.read(sum));
    }

    /// The lists of all tiles: the steps of each, and at the end how many.
    @Override
    public void prepare(Chunk chunk) {
        if (!roles.aByStep()) {
            Expr whole = nest.let("tiles", new Binary(BinaryOp.DIVIDE, part.rows(), Expr.i32(ROWS)));
            new Cuts(nest, TILES).vector(whole, LANES, tile -> mark(chunk, tile, tile.times(ROWS), ROWS));
        }
        tiles((row, rows) -> {
            Index tile = tile(row);
            if (!roles.aByStep() && rows < ROWS) {
                mark(chunk, tile, row, rows);
            }
            overSteps.section("list", () -> {
                Variable n = nest.var("n", nest.expr(list(row)));
                overSteps.groups(chunk.count(), Marks.WORD, (from, count) -> {
                    Expr word = roles.aByStep()
                            ? marks.word(count, k -> values(chunk, row, rows, from.plus(k)))
                            : new Expr.Load(words, nest.expr(word(tile, from)));
                    marks.list(lists, n, word, from);
                });
                nest.store(lists, list(row).plus(Labels.CHUNK), Expr.read(n));
            });
        });
    }

    /// Marks the steps of a tile that matter.
    private void mark(Chunk chunk, Index tile, Index row, int rows) {
        overSteps.groups(chunk.count(), Marks.WORD, (from, count) -> {
            Variable word = nest.var("word", Expr.i32(0));
            new Cuts(nest, Marks.WORD).each("k", count, k -> {
                Expr mark = marks.mark(values(chunk, row, rows, from.plus(k)), k);
                nest.add(new Stmt.Assign(word, new Binary(BinaryOp.OR, Expr.read(word), mark)));
            });
            nest.store(words, word(tile, from), Expr.read(word));
        });
    }

    /// Where the marks of a tile are for the 32 steps from one on, in whose places all tiles find theirs.
    private static Index word(Index tile, Index from) {
        return from.plus(tile);
    }

    /// What is zero at a step that does not matter: elements of A, and what is not zero if all steps matter.
    private List<Expr> values(Chunk chunk, Index row, int rows, Index k) {
        return Stream.concat(IntStream.range(0, rows).mapToObj(r -> block.a(row.plus(r), chunk.from().plus(k))),
                Stream.of(kernel.load(finite, Index.ZERO))).toList();
    }

    private Index tile(Index row) {
        return Movement.variable(nest, "tile", new Binary(BinaryOp.DIVIDE, nest.expr(row), Expr.i32(ROWS)));
    }

    /// Where the list of a tile begins.
    private Index list(Index row) {
        return tile(row).times(LIST);
    }

    private void tiles(BiConsumer<Index, Integer> body) {
        overRows.tiles(part.rows(), ROWS, body);
    }

    @Override
    public void rows(Chunk chunk, boolean finish) {
        overColumns.groups(Expr.i32(columns), PANEL,
                (panel, inPanel) -> tiles(
                        (row, rows) -> overColumns.groups(inPanel, width, (column, count) -> overColumns.vector(count, width,
                                j -> tile(chunk, row, rows, panel.plus(column).plus(j), finish)))));
    }

    private void tile(Chunk chunk, Index row, int rows, Index column, boolean finish) {
        List<Variable> sums = new ArrayList<>();
        for (int r = 0; r < rows; r++) {
            sums.add(nest.var("acc", new Literal(kernel.type, 0)));
        }
        Index list = list(row);
        Expr end = kernel.load(lists, list.plus(Labels.CHUNK));
        Variable p = nest.open("p", Dim.of(TILES * LIST), Expr.i32(Labels.CHUNK));
        Index step = chunk.from().plus(Movement.variable(nest, "k", new Expr.Load(lists, Expr.read(p))));
        Expr b = block.b(column, step);
        for (int r = 0; r < rows; r++) {
            nest.add(new Stmt.Assign(sums.get(r), new Expr.Fma(block.a(row.plus(r), step), b, Expr.read(sums.get(r)))));
        }
        nest.add(new Stmt.For(p, nest.expr(list), end, 1, nest.close()));
        for (int r = 0; r < rows; r++) {
            block.result(chunk, row.plus(r), column, Expr.read(sums.get(r)), finish);
        }
    }

    @Override
    public void epilogue() {
        overRows.section("epilogue", () -> overRows.each("i", part.rows(),
                i -> overColumns.vector(Expr.i32(columns), VECTORS * LANES, j -> block.finish(i, j))));
    }
}
