package nnet.compiler.lower;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Binary;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.loop.Expr.Literal;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;

/// Loops over a number of things in pieces: what is known to the compiler leaves no tests and no empty loops behind.
///
/// @param limit no count is larger
record Cuts(Nest nest, int limit) {

    private static final List<Integer> SIXES = List.of(6, 4, 1);

    void section(String name, Runnable body) {
        nest.open(false);
        body.run();
        nest.add(new Stmt.Section(name, nest.close()));
    }

    /// One after the other.
    void each(String name, Expr count, Consumer<Index> body) {
        each(name, Expr.i32(0), count, body);
    }

    void each(String name, Expr from, Expr to, Consumer<Index> body) {
        Variable index = nest.open(name, Dim.of(limit), minus(to, from));
        body.accept(Index.of(index));
        List<Stmt> statements = nest.close();
        nest.add(new Stmt.For(index, from, to, 1, statements));
    }

    /// One after the other, `width` of them in one turn of a loop.
    void each(String name, Expr count, int width, Consumer<Index> body) {
        if (width == 1) {
            each(name, count, body);
            return;
        }
        Expr rest = nest.let("rest", remainder(count, width));
        Expr whole = nest.let("whole", minus(count, rest));
        loop(name, Expr.i32(0), whole, width, start -> {
            for (int step = 0; step < width; step++) {
                body.accept(start.plus(step));
            }
        });
        loop(name, whole, count, 1, body);
    }

    /// Side by side.
    void vector(Expr count, int width, Consumer<Index> body) {
        vector(Expr.i32(0), count, width, body);
    }

    /// Side by side, in whole vectors where there is one: what remains runs with the last elements before it once more, so that no vector is a partial one. A body
    /// must not mind to run twice.
    void whole(Expr from, Expr to, int lanes, Consumer<Index> body) {
        int count = from instanceof Literal(ElementType _, double first) && to instanceof Literal(ElementType _, double end)
                ? (int) (end - first)
                : 0;
        int rest = count % lanes;
        if (count < lanes || rest == 0) {
            vector(from, to, 16, body);
        } else {
            vector(from, minus(to, Expr.i32(rest)), 16, body);
            vector(minus(to, Expr.i32(lanes)), to, 16, body);
        }
    }

    private void vector(Expr from, Expr to, int width, Consumer<Index> body) {
        Variable j = nest.open("j", Dim.of(limit), minus(to, from));
        body.accept(Index.of(j));
        List<Stmt> statements = nest.close();
        nest.add(new Stmt.Vector(j, from, to, width, statements));
    }

    /// Cuts `count` into groups of `size`, the last of which may be smaller; `body` gets the start and the length of a group.
    void groups(Expr count, int size, BiConsumer<Index, Expr> body) {
        if (count instanceof Literal(ElementType _, double fixed)) {
            int whole = (int) fixed / size * size;
            loop(Expr.i32(0), Expr.i32(whole), size, start -> body.accept(start, Expr.i32(size)));
            if (whole < fixed) {
                body.accept(Index.of(whole), Expr.i32((int) fixed - whole));
            }
            return;
        }
        Expr rest = nest.let("rest", remainder(count, size));
        Expr whole = nest.let("whole", minus(count, rest));
        loop(Expr.i32(0), whole, size, start -> body.accept(start, Expr.i32(size)));
        nest.open(true);
        body.accept(Movement.variable(nest, "whole", whole), rest);
        nest.add(new Stmt.If(new Binary(BinaryOp.LESS, Expr.i32(0), rest), nest.close(), List.of()));
    }

    /// Tiles of `size` rows that cover `count` of them.
    void covering(Expr count, int size, Consumer<Index> body) {
        loop(Expr.i32(0), count, size, body);
    }

    /// Cuts `count` rows into tiles of `most` rows, and what remains into smaller ones.
    void tiles(Expr count, int most, BiConsumer<Index, Integer> body) {
        if (count instanceof Literal(ElementType _, double fixed)) {
            int whole = (int) fixed / most * most;
            loop(Expr.i32(0), Expr.i32(whole), most, start -> body.accept(start, most));
            if (whole < fixed) {
                body.accept(Index.of(whole), (int) fixed - whole);
            }
            return;
        }
        Expr from = Expr.i32(0);
        for (int size : most == 6 ? SIXES : halves(most)) {
            Expr to = size == 1
                    ? count
                    : size == 6 ? nest.let("whole", sixes(count)) : nest.let("whole", minus(count, remainder(minus(count, from), size)));
            loop(from, to, size, start -> body.accept(start, size));
            from = to;
        }
    }

    private static List<Integer> halves(int most) {
        return Stream.iterate(most, size -> size >= 1, size -> size / 2).toList();
    }

    /// The rows that tiles of six take so that tiles of four take what remains, but for one at most: six rows keep the units of a processor busy, and four, but not three or
    /// two. A rest of two or three lets one six go, for twice four.
    private Expr sixes(Expr count) {
        Expr rest = nest.let("rest", remainder(count, 6));
        Expr isSmall = new Binary(BinaryOp.EQUAL, new Binary(BinaryOp.DIVIDE, rest, Expr.i32(2)), Expr.i32(1));
        Expr whole = minus(count, rest);
        return new Expr.Select(isSmall, new Binary(BinaryOp.MAX, minus(whole, Expr.i32(6)), Expr.i32(0)), whole);
    }

    private void loop(Expr from, Expr to, int step, Consumer<Index> body) {
        loop("i", from, to, step, body);
    }

    private void loop(String name, Expr from, Expr to, int step, Consumer<Index> body) {
        if (from.equals(to)) {
            return;
        }
        if (from instanceof Literal(ElementType _, double first) && to instanceof Literal(ElementType _, double end)
                && end - first == step) {
            body.accept(Index.of((int) first));
            return;
        }
        Variable index = nest.open(name, Dim.of(limit), trips(to, step));
        body.accept(Index.of(index));
        List<Stmt> statements = nest.close();
        nest.add(new Stmt.For(index, from, to, step, statements));
    }

    private Expr trips(Expr to, int step) {
        return to instanceof Literal(ElementType _, double end) ? Expr.i32((int) end / step) : Expr.i32(Math.max(1, limit / step));
    }

    static int roundUp(int size, int unit) {
        return (size + unit - 1) / unit * unit;
    }

    /// The quotient, rounded up.
    static Expr dividedUp(Expr count, Expr by) {
        return new Binary(BinaryOp.DIVIDE, Expr.add(count, minus(by, Expr.i32(1))), by);
    }

    static Expr remainder(Expr value, int size) {
        return value instanceof Literal(ElementType _, double fixed)
                ? Expr.i32((int) fixed % size)
                : new Binary(BinaryOp.REMAINDER, value, Expr.i32(size));
    }

    static Expr minus(Expr left, Expr right) {
        return left instanceof Literal(ElementType _, double a) && right instanceof Literal(ElementType _, double b)
                ? Expr.i32((int) (a - b))
                : new Binary(BinaryOp.SUBTRACT, left, right);
    }
}
