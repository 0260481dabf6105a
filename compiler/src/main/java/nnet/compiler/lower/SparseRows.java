package nnet.compiler.lower;

import java.util.List;
import java.util.function.BiConsumer;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Binary;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.loop.Expr.Literal;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.type.ElementType;

/// A product of data of which most is zero: images with a background, counts, one-hot columns. For each row the steps at which it is not zero are marked, once for all
/// columns; a register tile of one row takes these steps alone, and reads both factors as they lie. `Nonzero` says why no bit changes.
///
/// A panel of columns at a time, and as many steps as fit beside their sums into the nearest cache, pass by all rows: what tiles read of B is read from further away but once.
final class SparseRows implements ContractionForm {

    /// Vectors of columns of a tile: eight chains fill two units of latency four.
    private static final int VECTORS = 8;
    /// Rows whose marks are kept at a time.
    static final int BLOCK = 64;
    /// Steps at a time: so many rows of B, as wide as a panel, fit into the nearest cache.
    static final int STEPS = 64;
    /// Sums over so few steps stay in registers.
    private static final int FEW_STEPS = 128;
    private static final int WORDS = Labels.CHUNK / Marks.WORD;
    static final int LANES = 16;

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
    private final Marks marks;
    private final Finiteness finiteness;
    /// Whether a sum never leaves its register: rows that lie side by side are many, and their steps, the examples, few.
    private final boolean inRegisters;
    /// The marks of all rows, word after word.
    private final Buffer words;
    /// Sums of a panel so far, where they do not stay in registers.
    private final Buffer sums;
    /// Where they do, a number that is 0 if all of B is finite.
    private final Buffer finite;

    SparseRows(ContractionKernel kernel, Part part) {
        this.kernel = kernel;
        this.part = part;
        nest = kernel.nest;
        roles = kernel.roles;
        columns = roles.size(roles.columns()).size();
        block = new Block(kernel, part, BLOCK, columns);
        width = VECTORS * kernel.target.lanes();
        overRows = new Cuts(nest, BLOCK);
        overColumns = new Cuts(nest, columns);
        overSteps = new Cuts(nest, Labels.CHUNK);
        marks = new Marks(nest);
        finiteness = new Finiteness(kernel, block, width);
        inRegisters = !roles.aByStep() || roles.contracted().isFixed() && roles.contracted().size() <= FEW_STEPS;
        words = kernel.scratch("words", ElementType.I32, WORDS * BLOCK);
        sums = kernel.scratch("panel", BLOCK * width);
        finite = kernel.scratch("finite", 1);
    }

    /// Marks the steps of all rows.
    @Override
    public void prepare(Chunk chunk) {
        new Cuts(nest, WORDS * BLOCK).vector(Expr.i32(WORDS * BLOCK), STEPS, i -> nest.store(words, i, Expr.i32(0)));
        overSteps.section("mark", () -> overSteps.groups(chunk.count(), Marks.WORD, (from, count) -> {
            if (roles.aByStep()) {
                overRows.each("i", part.rows(),
                        row -> nest.store(words, word(row, from),
                                marks.word(count, k -> List.of(block.a(row, chunk.from().plus(from).plus(k))))));
            } else {
                overRows.vector(part.rows(), LANES, row -> mark(chunk, row, from, count));
            }
        }));
        if (inRegisters) {
            unless(kernel.load(finite, Index.ZERO), Index.ZERO, chunk.count());
        }
    }

    /// Marks steps of rows that lie side by side.
    private void mark(Chunk chunk, Index row, Index from, Expr count) {
        Variable word = nest.var("word", Expr.i32(0));
        new Cuts(nest, Marks.WORD).each("k", count, k -> {
            Expr mark = marks.mark(List.of(block.a(row, chunk.from().plus(from).plus(k))), k);
            nest.add(new Stmt.Assign(word, new Binary(BinaryOp.OR, Expr.read(word), mark)));
        });
        nest.store(words, word(row, from), Expr.read(word));
    }

    /// Where the marks of a row are for the 32 steps from one on.
    private static Index word(Index row, Index from) {
        return from.times(BLOCK / Marks.WORD).plus(row);
    }

    @Override
    public void rows(Chunk chunk, boolean finish) {
        overColumns.groups(Expr.i32(columns), width, (panel, inPanel) -> {
            if (inRegisters) {
                Expr areFew = new Binary(BinaryOp.LESS_EQUAL, chunk.count(), Expr.i32(STEPS));
                kernel.choose(areFew, () -> inRegisters(chunk, panel, inPanel, finish, this::addFew),
                        () -> inRegisters(chunk, panel, inPanel, finish,
                                (sum, from, row, column) -> add(sum, from, chunk.count(), row, column)));
            } else {
                each(inPanel, (row, j) -> nest.store(sums, place(row, j), new Literal(kernel.type, 0)));
                overSteps.groups(chunk.count(), STEPS, (from, steps) -> {
                    unless(finiteness.of(chunk.from().plus(from), steps, panel, inPanel), from, steps);
                    each(inPanel, (row, j) -> {
                        Variable sum = nest.var("acc", new Expr.Load(sums, nest.expr(place(row, j))));
                        addFew(sum, new Start(chunk.from(), from), row, panel.plus(j));
                        nest.store(sums, place(row, j), Expr.read(sum));
                    });
                });
                each(inPanel, (row, j) -> block.result(chunk, row, panel.plus(j), new Expr.Load(sums, nest.expr(place(row, j))), finish));
            }
        });
    }

    private Index place(Index row, Index j) {
        return row.times(width).plus(j);
    }

    /// All columns of a panel, row after row.
    private void each(Expr inPanel, BiConsumer<Index, Index> body) {
        overColumns.vector(inPanel, width, j -> overRows.each("i", part.rows(), row -> body.accept(row, j)));
    }

    /// Where steps begin.
    ///
    /// @param chunk  the first step of the chunk
    /// @param inside how many steps behind
    private record Start(Index chunk, Index inside) {
        Start plus(Index steps) {
            return new Start(chunk, inside.plus(steps));
        }
    }

    private interface Adding {
        void add(Variable sum, Start from, Index row, Index column);
    }

    private void inRegisters(Chunk chunk, Index panel, Expr inPanel, boolean finish, Adding adding) {
        each(inPanel, (row, j) -> {
            Variable sum = nest.var("acc", new Literal(kernel.type, 0));
            adding.add(sum, new Start(chunk.from(), Index.ZERO), row, panel.plus(j));
            block.result(chunk, row, panel.plus(j), Expr.read(sum), finish);
        });
    }

    /// Adds the steps of a row that are marked.
    private void add(Variable sum, Start from, Expr steps, Index row, Index column) {
        overSteps.each("w", Cuts.dividedUp(steps, Expr.i32(Marks.WORD)), w -> addWord(sum, from.plus(w.times(Marks.WORD)), row, column));
    }

    /// The same where they are no more than pass by at a time: numbers written out one after the other take a tenth less time than a loop over them.
    private void addFew(Variable sum, Start from, Index row, Index column) {
        for (int w = 0; w < STEPS; w += Marks.WORD) {
            addWord(sum, from.plus(Index.of(w)), row, column);
        }
    }

    private void addWord(Variable sum, Start from, Index row, Index column) {
        marks.each(new Expr.Load(words, nest.expr(word(row, from.inside()))), bit -> {
            Index step = from.chunk().plus(from.inside()).plus(bit);
            nest.add(new Stmt.Assign(sum, new Expr.Fma(block.a(row, step), block.once(column, step), Expr.read(sum))));
        });
    }

    /// Looks through B before all rows, where sums do not stop for it.
    void checkAll() {
        if (inRegisters) {
            nest.store(finite, Index.ZERO, finiteness.ofAll());
        }
    }

    /// Where B is not finite, all steps matter.
    private void unless(Expr check, Index from, Expr steps) {
        nest.open(true);
        overSteps.section("all", () -> overSteps.groups(steps, Marks.WORD, (group, count) -> overRows.each("i", part.rows(),
                row -> nest.store(words, word(row, from.plus(group)), Marks.all(count)))));
        nest.add(new Stmt.If(new Binary(BinaryOp.NOT_EQUAL, check, new Literal(kernel.type, 0)), nest.close(), List.of()));
    }

    @Override
    public boolean goesByRow() {
        return true;
    }

    @Override
    public void epilogue() {
        overRows.section("epilogue", () -> overRows.each("i", part.rows(),
                i -> overColumns.vector(Expr.i32(columns), width, j -> block.finish(i, j))));
    }
}
