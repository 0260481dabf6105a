package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Binary;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;

/// The loops around the rows of a kernel: the parallel loop takes blocks of rows, a plain loop the rows of a block.
final class RowLoops {

    private RowLoops() {}

    /// Emits the loops with `body` in them, which gets the indices of the row, and returns the extent of the parallel loop.
    static Expr emit(Nest nest, List<Dim> rows, int block, Consumer<List<Index>> body) {
        Dim count = new Shape(rows).size();
        if (count.equals(Dim.ONE)) {
            body.accept(rows.stream().map(_ -> Index.ZERO).toList());
            return Expr.i32(1);
        }
        if (block == 1) {
            body.accept(Movement.split(nest, Index.of(nest.parallel), rows));
            return nest.size(count);
        }
        Expr end = nest.dim(count);
        Expr from = Expr.i32(0);
        Expr extent = Expr.i32(1);
        if (!count.isFixed() || count.size() > block) {
            from = nest.let("from", Expr.multiply(Expr.read(nest.parallel), Expr.i32(block)));
            end = nest.let("to", Nest.min(end, Expr.add(from, Expr.i32(block))));
            extent = blocks(nest, count, block);
        }
        Variable row = nest.open("i", count, trips(count, block));
        body.accept(Movement.split(nest, Index.of(row), rows));
        List<Stmt> statements = nest.close();
        nest.add(new Stmt.For(row, from, end, 1, statements));
        return extent;
    }

    /// A vector loop over chunks of one long axis; the parallel loop takes the chunks.
    static Expr emitChunks(Nest nest, Dim size, int chunk, Consumer<Index> body) {
        Expr from = Expr.i32(0);
        Expr to = nest.dim(size);
        Expr extent = Expr.i32(1);
        if (!size.isFixed() || size.size() > chunk) {
            from = nest.let("from", Expr.multiply(Expr.read(nest.parallel), Expr.i32(chunk)));
            to = nest.let("to", Nest.min(to, Expr.add(from, Expr.i32(chunk))));
            extent = blocks(nest, size, chunk);
        }
        vector(nest, size, trips(size, chunk), from, to, body);
        return extent;
    }

    static void vector(Nest nest, Dim size, Expr trips, Expr from, Expr to, Consumer<Index> body) {
        Variable j = nest.open("j", size, trips);
        body.accept(Index.of(j));
        List<Stmt> statements = nest.close();
        nest.add(new Stmt.Vector(j, from, to, 16, statements));
    }

    /// Loops over all axes of a shape, the last one in vectors; `body` gets the indices.
    static void over(Nest nest, List<Dim> dims, Consumer<List<Index>> body) {
        over(nest, dims, new ArrayList<>(), body);
    }

    private static void over(Nest nest, List<Dim> dims, List<Index> outer, Consumer<List<Index>> body) {
        if (outer.size() == dims.size()) {
            body.accept(List.copyOf(outer));
            return;
        }
        Dim size = dims.get(outer.size());
        if (size.equals(Dim.ONE)) {
            outer.add(Index.ZERO);
            over(nest, dims, outer, body);
            outer.removeLast();
            return;
        }
        boolean last = dims.subList(outer.size() + 1, dims.size()).stream().allMatch(Dim.ONE::equals);
        Variable index = nest.open(last ? "j" : "i", size);
        outer.add(Index.of(index));
        over(nest, dims, outer, body);
        outer.removeLast();
        List<Stmt> statements = nest.close();
        Expr end = nest.dim(size);
        nest.add(last ? new Stmt.Vector(index, Expr.i32(0), end, 16, statements) : new Stmt.For(index, Expr.i32(0), end, 1, statements));
    }

    private static Expr trips(Dim size, int limit) {
        return Expr.i32(size.isFixed() ? Math.min(size.size(), limit) : limit);
    }

    private static Expr blocks(Nest nest, Dim count, int block) {
        return count.isFixed()
                ? Expr.i32((count.size() + block - 1) / block)
                : new Binary(BinaryOp.DIVIDE, Expr.add(nest.size(count), Expr.i32(block - 1)), Expr.i32(block));
    }
}
