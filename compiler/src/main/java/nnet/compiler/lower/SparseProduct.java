package nnet.compiler.lower;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Binary;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;

/// Which products may go by `SparseRows`, whether that pays for the data of this call, and what each of several threads does of it.
final class SparseProduct {

    /// Rows of a part, at least, where there are as many for some parts: each part looks through all of B.
    private static final int ENOUGH_ROWS = 128;
    private static final int FEWEST_PARTS = 4;
    /// The same where the steps are examples: then B is long, and looking through it costs as much as the rest.
    private static final int FEWEST_LONG_PARTS = 2;
    /// And where B need not be looked through: enough for threads to take them as they come, since some rows have more to do than others.
    private static final int KNOWN_PARTS = 4;
    /// Fewer columns do not pay for the marks, and sums of more do not fit beside them.
    private static final int FEWEST_COLUMNS = 64;
    private static final int MOST_COLUMNS = 2048;
    /// The part of an example that may be other than zero.
    private static final double FEW = 0.4;

    private final ContractionKernel kernel;
    private final Nest nest;
    private final Roles roles;
    /// The sizes of the axes around.
    private final List<Dim> around;

    SparseProduct(ContractionKernel kernel) {
        this.kernel = kernel;
        nest = kernel.nest;
        roles = kernel.roles;
        around = roles.around().stream().map(roles.sizes()::get).toList();
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

    /// Whether few elements of the first example are other than zero: all parts say the same.
    Expr isWorth() {
        Dim size = roles.aByStep() ? roles.contracted() : roles.size(roles.rows());
        Block block = new Block(kernel, rows(Map.of(), Index.ZERO, Expr.i32(1)), 1, 1);
        Variable i = nest.open("i", size);
        Expr element = roles.aByStep() ? block.a(Index.ZERO, Index.of(i)) : block.a(Index.of(i), Index.ZERO);
        Expr nonzero = new Marks(nest).flag(List.of(element));
        List<Stmt> body = nest.close();
        Variable count = nest.declare("count", ElementType.I32);
        nest.add(new Stmt.Reduce(count, Stmt.Combine.SUM, i, Expr.i32(0), nest.size(size), SparseRows.LANES, body, nonzero));
        Expr most = Expr.multiply(new Expr.Convert(ElementType.F32, nest.size(size)), Expr.f32(FEW));
        return new Binary(BinaryOp.LESS_EQUAL, new Expr.Convert(ElementType.F32, Expr.read(count)), most);
    }

    /// One of several parts: some of the rows, or all rows at some positions of the axes around. Those with nothing to do lie between the others, since threads take several
    /// in a row.
    ///
    /// @param parts how many there are
    void part(Expr parts) {
        Dim all = around.isEmpty() ? roles.size(roles.rows()) : new Shape(around).size();
        Expr count = nest.dim(all);
        Expr share = nest.let("share", share(count, parts));
        Expr busy = Cuts.dividedUp(count, share);
        Expr apart = nest.let("apart", new Binary(BinaryOp.MAX, new Binary(BinaryOp.DIVIDE, parts, busy), Expr.i32(1)));
        Expr from = nest.let("from", Expr.multiply(new Binary(BinaryOp.DIVIDE, Expr.read(nest.parallel), apart), share));
        Expr isBusy = new Binary(BinaryOp.EQUAL, new Binary(BinaryOp.REMAINDER, Expr.read(nest.parallel), apart), Expr.i32(0));
        Expr to = nest.let("to", new Expr.Select(isBusy, Nest.min(Expr.add(from, share), count), from));
        nest.open(true);
        new SparseRows(kernel, rows(Map.of(), Index.ZERO, Expr.i32(1))).checkAll();
        if (around.isEmpty()) {
            blocks(Map.of(), from, to);
        } else {
            positions(all, from, to);
        }
        nest.add(new Stmt.If(new Binary(BinaryOp.LESS, from, to), nest.close(), List.of()));
    }

    /// Rows or positions of a part: no part so small that looking through B costs much of it.
    private Expr share(Expr count, Expr parts) {
        int fewest = roles.aByStep() ? FEWEST_PARTS : Finiteness.isKnown(kernel) ? KNOWN_PARTS : FEWEST_LONG_PARTS;
        Expr rows = Expr.i32(ENOUGH_ROWS);
        Expr enough = around.isEmpty() ? rows : Cuts.dividedUp(rows, nest.dim(roles.size(roles.rows())));
        Expr least = Nest.min(Cuts.dividedUp(count, Expr.i32(fewest)), enough);
        Expr share = new Binary(BinaryOp.MAX, Cuts.dividedUp(count, parts), least);
        // Rows that lie side by side are marked in vectors.
        Expr lanes = Expr.i32(SparseRows.LANES);
        return around.isEmpty() && !roles.aByStep() ? Expr.multiply(Cuts.dividedUp(share, lanes), lanes) : share;
    }

    /// All rows at some positions of the axes around.
    private void positions(Dim all, Expr from, Expr to) {
        Variable position = nest.open("position", all, Expr.i32(1));
        List<Index> positions = Movement.split(nest, Index.of(position), around);
        Map<Integer, Index> places = new HashMap<>();
        roles.around().forEach(axis -> places.put(axis, positions.get(places.size())));
        blocks(places, Expr.i32(0), nest.dim(roles.size(roles.rows())));
        nest.add(new Stmt.For(position, from, to, 1, nest.close()));
    }

    /// Some rows at one position, a block at a time.
    private void blocks(Map<Integer, Index> place, Expr from, Expr to) {
        Variable row = nest.open("row", roles.size(roles.rows()), Expr.i32(1));
        Expr count = nest.let("count", Nest.min(new Binary(BinaryOp.SUBTRACT, to, Expr.read(row)), Expr.i32(SparseRows.BLOCK)));
        kernel.chunks(new SparseRows(kernel, rows(place, Index.of(row), count)));
        nest.add(new Stmt.For(row, from, to, SparseRows.BLOCK, nest.close()));
    }

    /// Rows with all their columns.
    private static Part rows(Map<Integer, Index> place, Index from, Expr count) {
        return new Part(place, from, count, Index.ZERO, Expr.i32(1));
    }
}
