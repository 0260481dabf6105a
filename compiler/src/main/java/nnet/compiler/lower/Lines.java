package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Binary;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.loop.Expr.Literal;
import nnet.compiler.loop.Stmt;
import nnet.compiler.lower.WeightGradientKernel.Chunk;
import nnet.compiler.lower.WeightGradientKernel.Part;
import nnet.compiler.type.ElementType;

/// What is copied of the operand: for each channel, each line of positions and each tap of the axes before the last one, the line that it sees.
final class Lines {

    /// Vectors may be read past the end.
    private static final int SLACK = 64;

    private final WeightGradientKernel kernel;
    private final Nest nest;
    private final List<Sliding> axes;
    private final int size;
    final Buffer buffer;
    /// Where each position of the lines of a chunk begins.
    final Buffer positions;
    /// Where each row begins.
    final Buffer rows;

    Lines(WeightGradientKernel kernel) {
        this.kernel = kernel;
        nest = kernel.nest;
        axes = kernel.convolved.axes();
        size = kernel.channels * channel(kernel.convolved) + SLACK;
        buffer = kernel.draft.formals.scratch(kernel.type, size);
        positions = kernel.draft.formals.scratch(ElementType.I32, most(kernel.convolved) * length());
        rows = kernel.draft.formals.scratch(ElementType.I32, kernel.channels * kernel.convolved.taps());
    }

    /// Positions of a line.
    int length() {
        return axes.getLast().positions();
    }

    /// Lines of a chunk, at most.
    static int most(Convolved convolved) {
        int length = convolved.axes().getLast().positions();
        return (Labels.CHUNK + length - 2) / length + 1;
    }

    /// Elements of one channel.
    static int channel(Convolved convolved) {
        return most(convolved) * line(convolved);
    }

    /// Elements of one line of positions.
    private static int line(Convolved convolved) {
        return convolved.taps() / convolved.axes().getLast().taps() * width(convolved);
    }

    private static int width(Convolved convolved) {
        Sliding last = convolved.axes().getLast();
        return (last.positions() - 1) * last.stride() + (last.taps() - 1) * Math.abs(last.window().dilation()) + 1;
    }

    /// Zeros, and both tables.
    void prepare() {
        Cuts cuts = new Cuts(nest, size);
        cuts.section("clear", () -> cuts.vector(Expr.i32(size), 16, j -> nest.store(buffer, j, new Literal(kernel.type, 0))));
        cuts.section("tables", () -> {
            cuts.each("i", Expr.i32(most(kernel.convolved)), line -> cuts.each("p", Expr.i32(length()), p -> nest.store(positions,
                    line.times(length()).plus(p),
                    nest.expr(place(line, p)))));
            cuts.each("c", Expr.i32(kernel.channels), channel -> taps(axes.size(), new ArrayList<>(), channel, (taps, row) -> {
                Index lineTap = Index.ZERO;
                for (int axis = 0; axis < axes.size() - 1; axis++) {
                    lineTap = lineTap.times(axes.get(axis).taps()).plus(taps.get(axis));
                }
                Index in = taps.getLast().times(axes.getLast().window().dilation()).plus(axes.getLast().first());
                nest.store(rows, row, nest.expr(
                        channel.times(channel(kernel.convolved)).plus(lineTap.times(width(kernel.convolved))).plus(in)));
            }));
        });
    }

    /// Where a position of a line begins.
    Index place(Index line, Index position) {
        return line.times(line(kernel.convolved)).plus(position.times(axes.getLast().stride()));
    }

    interface Taps {
        void at(List<Index> taps, Index number);
    }

    /// Loops over the taps of the first axes.
    void taps(int count, List<Index> taps, Index number, Taps body) {
        if (taps.size() == count) {
            body.at(List.copyOf(taps), number);
            return;
        }
        int size = axes.get(taps.size()).taps();
        if (size == 1) {
            taps.add(Index.ZERO);
            taps(count, taps, number, body);
            taps.removeLast();
            return;
        }
        new Cuts(nest, size).each("t", Expr.i32(size), tap -> {
            taps.add(tap);
            taps(count, taps, number.times(size).plus(tap), body);
            taps.removeLast();
        });
    }

    /// Copies what the lines of a chunk see; zeros where a tap is outside.
    void fill(Part part, Chunk chunk) {
        Cuts cuts = new Cuts(nest, most(kernel.convolved));
        cuts.each("i", chunk.lines(), line -> {
            List<Index> point = kernel.position(chunk.line().plus(line));
            taps(axes.size() - 1, new ArrayList<>(), Index.ZERO, (taps, number) -> {
                List<Index> places = new ArrayList<>();
                Expr inside = null;
                for (int axis = 0; axis < axes.size() - 1; axis++) {
                    Sliding sliding = axes.get(axis);
                    Index place = point.get(axis + 1).times(sliding.stride()).plus(taps.get(axis).times(sliding.window().dilation()))
                            .plus(sliding.window().offset());
                    places.add(place);
                    Expr at = nest.expr(place);
                    Expr here = new Binary(BinaryOp.AND, new Binary(BinaryOp.LESS_EQUAL, Expr.i32(0), at),
                            new Binary(BinaryOp.LESS, at, Expr.i32(sliding.size())));
                    inside = inside == null ? here : new Binary(BinaryOp.AND, inside, here);
                }
                Index start = line.times(line(kernel.convolved)).plus(number.times(width(kernel.convolved)));
                copy(part, start, point.getFirst(), places,
                        Optional.ofNullable(inside).map(condition -> nest.let("inside", condition)));
            });
        });
    }

    private void copy(Part part, Index start, Index example, List<Index> places, Optional<Expr> inside) {
        Cuts cuts = new Cuts(nest, kernel.channels);
        if (inside.isEmpty()) {
            cuts.each("c", part.channels(), channel -> line(part, start, example, places, channel, true));
            return;
        }
        nest.open(true);
        cuts.each("c", part.channels(), channel -> line(part, start, example, places, channel, true));
        List<Stmt> then = nest.close();
        nest.open(true);
        cuts.each("c", part.channels(), channel -> line(part, start, example, places, channel, false));
        nest.add(new Stmt.If(inside.get(), then, nest.close()));
    }

    /// The part of a line that is inside along the last axis.
    private void line(Part part, Index start, Index example, List<Index> places, Index channel, boolean copy) {
        Sliding last = axes.getLast();
        int low = Math.max(0, -last.base());
        int high = Math.min(width(kernel.convolved), last.size() - last.base());
        if (low >= high) {
            return;
        }
        Cuts cuts = new Cuts(nest, width(kernel.convolved));
        cuts.whole(Expr.i32(low), Expr.i32(high), kernel.target.lanes(), r -> {
            Index place = channel.times(channel(kernel.convolved)).plus(start).plus(r);
            List<Index> indices = new ArrayList<>(places);
            indices.add(r.plus(last.base()));
            nest.store(buffer, place, copy ? kernel.source(part, example, channel, indices) : new Literal(kernel.type, 0));
        });
    }
}
