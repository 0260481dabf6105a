package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
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

    /// A vector loop over one axis. Where windows find borders in it, there are three of them, written when the borders are known: before, in and behind the longest part without
    /// any.
    private static void line(Nest nest, Dim size, Consumer<Index> body) {
        Variable whole = nest.open("j", size);
        body.accept(Index.of(whole));
        List<Stmt> statements = nest.close();
        Optional<Nest.Range> interior = interior(nest.borders(whole), size);
        if (interior.isEmpty()) {
            nest.add(new Stmt.Vector(whole, Expr.i32(0), nest.dim(size), 16, statements));
            return;
        }
        part(nest, size, 0, interior.get().from(), body);
        part(nest, size, interior.get().from(), interior.get().to(), body);
        part(nest, size, interior.get().to(), size.size(), body);
    }

    private static void part(Nest nest, Dim size, int from, int to, Consumer<Index> body) {
        if (from < to) {
            Variable j = nest.open("j", size, Expr.i32(to - from));
            nest.bound(j, from, to);
            body.accept(Index.of(j));
            List<Stmt> statements = nest.close();
            nest.add(new Stmt.Vector(j, Expr.i32(from), Expr.i32(to), 16, statements));
        }
    }

    private static Optional<Nest.Range> interior(SortedSet<Integer> borders, Dim size) {
        if (borders.isEmpty()) {
            return Optional.empty();
        }
        Nest.Range longest = new Nest.Range(0, 0);
        int from = 0;
        for (int border : borders) {
            int at = Math.clamp(border, 0, size.size());
            longest = longer(longest, from, at);
            from = at;
        }
        return Optional.of(longer(longest, from, size.size()));
    }

    private static Nest.Range longer(Nest.Range range, int from, int to) {
        return to - from > range.to() - range.from() ? new Nest.Range(from, to) : range;
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
        Consumer<Index> inside = index -> {
            List<Index> all = new ArrayList<>(outer);
            all.add(index);
            over(nest, dims, all, body);
        };
        if (dims.subList(outer.size() + 1, dims.size()).stream().allMatch(Dim.ONE::equals)) {
            line(nest, size, inside);
        } else {
            Variable index = nest.open("i", size);
            inside.accept(Index.of(index));
            List<Stmt> statements = nest.close();
            nest.add(new Stmt.For(index, Expr.i32(0), nest.dim(size), 1, statements));
        }
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
