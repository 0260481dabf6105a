package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Binary;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.loop.Expr.Literal;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.schedule.Target;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;

/// A copy in scratch of what the windows of a band of positions see: channels, phases of each axis, places of each axis. What is outside of the operand is
/// zero from the beginning, and only what is inside is copied for each chunk of channels.
final class Box {

    /// Whole vectors may be read past the end.
    private static final int SLACK = 64;

    private final Nest nest;
    private final List<Sliding> axes;
    private final int channels;
    private final Target target;
    final Buffer buffer;

    /// The element of the operand at a channel of the chunk and an index along each sliding axis.
    interface Source {
        Expr at(Index channel, List<Index> indices);
    }

    Box(Draft draft, List<Sliding> axes, int channels, ElementType type, Target target) {
        nest = draft.nest;
        this.axes = axes;
        this.channels = channels;
        this.target = target;
        buffer = draft.formals.scratch(type, size() + SLACK);
    }

    private int size() {
        return channels * channel();
    }

    /// Elements of one channel: every phase.
    int channel() {
        return axes.stream().mapToInt(Sliding::phases).reduce(places(), (a, b) -> a * b);
    }

    /// Elements of one phase.
    int places() {
        return axes.stream().mapToInt(Sliding::box).reduce(1, (a, b) -> a * b);
    }

    /// How far the next place of an axis is.
    int stride(int axis) {
        return axes.subList(axis + 1, axes.size()).stream().mapToInt(Sliding::box).reduce(1, (a, b) -> a * b);
    }

    private int phaseStride(int axis) {
        return axes.subList(axis + 1, axes.size()).stream().mapToInt(Sliding::phases).reduce(places(), (a, b) -> a * b);
    }

    void clear() {
        Variable j = nest.open("j", Dim.of(size() + SLACK));
        nest.store(buffer, Index.of(j), new Literal(buffer.element(), 0));
        List<Stmt> body = nest.close();
        nest.add(new Stmt.Vector(j, Expr.i32(0), Expr.i32(size() + SLACK), 16, body));
    }

    /// Copies what is inside of the operand.
    ///
    /// @param start the position of the first axis at which the band begins
    /// @param count channels
    void fill(Index start, Expr count, Source source) {
        Variable channel = nest.open("c", Dim.of(channels), count);
        axis(0, Index.of(channel).times(channel()), start, new ArrayList<>(), indices -> source.at(Index.of(channel), indices));
        List<Stmt> body = nest.close();
        nest.add(new Stmt.For(channel, Expr.i32(0), count, 1, body));
    }

    private interface Element {
        Expr at(List<Index> indices);
    }

    private void axis(int axis, Index place, Index start, List<Index> indices, Element element) {
        if (axis == axes.size()) {
            nest.store(buffer, place, element.at(List.copyOf(indices)));
            return;
        }
        Sliding sliding = axes.get(axis);
        Index from = axis == 0 ? start : Index.ZERO;
        for (int phase = 0; phase < sliding.phases(); phase++) {
            Index own = place.plus(phase * phaseStride(axis));
            if (sliding.divisor() > 1) {
                spread(axis, own, from, indices, element, start);
            } else {
                dense(axis, phase, own, from, indices, element, start);
            }
        }
    }

    /// Places of one phase: every stride-th element.
    private void dense(int axis, int phase, Index place, Index from, List<Index> indices, Element element, Index start) {
        Sliding sliding = axes.get(axis);
        Expr low = max(nest.expr(Index.of(sliding.firstInside(phase)).minus(from)), Expr.i32(0));
        Expr high = Nest.min(nest.expr(Index.of(sliding.endInside(phase)).minus(from)), Expr.i32(sliding.box()));
        Expr lowest = nest.let("low", low);
        Expr end = nest.let("high", high);
        Cuts cuts = new Cuts(nest, sliding.box());
        Consumer<Index> copy = r -> {
            indices.add(r.plus(from).times(sliding.stride()).plus(phase * sliding.step() + sliding.base()));
            axis(axis + 1, place.plus(r.times(stride(axis))), start, indices, element);
            indices.removeLast();
        };
        if (axis == axes.size() - 1 && sliding.stride() <= 2) {
            cuts.whole(lowest, end, target.lanes(), copy);
        } else {
            cuts.each("r", lowest, end, copy);
        }
    }

    /// Elements a divisor apart, with zeros between.
    private void spread(int axis, Index place, Index from, List<Index> indices, Element element, Index start) {
        Sliding sliding = axes.get(axis);
        int divisor = sliding.divisor();
        // So many divisors more that division rounds down.
        int shift = Math.ceilDiv(Math.abs(sliding.base()) + sliding.box(), divisor) + 1;
        Index first = from.plus(sliding.base() + shift * divisor);
        Expr low = max(minus(divide(nest.expr(first.plus(divisor - 1)), divisor), shift), Expr.i32(0));
        Expr high = Nest.min(minus(divide(nest.expr(first.plus(sliding.box() - 1)), divisor), shift - 1), Expr.i32(sliding.size()));
        Expr lowest = nest.let("low", low);
        Expr end = nest.let("high", high);
        Variable e = nest.open("e", Dim.of(sliding.size()));
        indices.add(Index.of(e));
        Index r = Index.of(e).times(divisor).minus(from).plus(-sliding.base());
        axis(axis + 1, place.plus(r.times(stride(axis))), start, indices, element);
        indices.removeLast();
        List<Stmt> body = nest.close();
        nest.add(new Stmt.For(e, lowest, end, 1, body));
    }

    /// Where a tap finds position 0, in its channel.
    Index tap(int axis, Index tap) {
        Sliding sliding = axes.get(axis);
        Index behind = tap.times(sliding.window().dilation()).plus(sliding.first());
        if (sliding.stride() == 1 || sliding.taps() == 1) {
            return behind.times(stride(axis));
        }
        Expr at = nest.expr(behind);
        Index shift = Movement.variable(nest, "shift", divide(at, sliding.stride()));
        Index phase = Movement.variable(nest, "phase",
                divide(new Binary(BinaryOp.REMAINDER, at, Expr.i32(sliding.stride())), sliding.step()));
        return shift.times(stride(axis)).plus(phase.times(phaseStride(axis)));
    }

    /// Where a position and a tap find their element, in the first channel.
    ///
    /// @param positions along each axis, counted from the band's first
    Index place(List<Index> positions, List<Integer> taps) {
        Index place = Index.ZERO;
        for (int axis = 0; axis < axes.size(); axis++) {
            Sliding sliding = axes.get(axis);
            int behind = taps.get(axis) * sliding.window().dilation() + sliding.first();
            boolean isWhole = sliding.taps() == 1;
            int shift = isWhole ? behind : behind / sliding.stride();
            int phase = isWhole ? 0 : behind % sliding.stride() / sliding.step();
            place = place.plus(positions.get(axis).plus(shift).times(stride(axis))).plus(phase * phaseStride(axis));
        }
        return place;
    }

    private static Expr divide(Expr value, int divisor) {
        return value instanceof Literal(ElementType _, double number)
                ? Expr.i32((int) number / divisor)
                : divisor == 1 ? value : new Binary(BinaryOp.DIVIDE, value, Expr.i32(divisor));
    }

    private static Expr minus(Expr value, int number) {
        return value instanceof Literal(ElementType _, double known)
                ? Expr.i32((int) known - number)
                : new Binary(BinaryOp.SUBTRACT, value, Expr.i32(number));
    }

    private static Expr max(Expr left, Expr right) {
        return left instanceof Literal(ElementType _, double a) && right instanceof Literal(ElementType _, double b)
                ? Expr.i32((int) Math.max(a, b))
                : new Binary(BinaryOp.MAX, left, right);
    }
}
