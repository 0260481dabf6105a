package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.fuse.Cluster;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Literal;
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.schedule.Target;
import nnet.compiler.type.ElementType;

/// A convolution of each channel by itself, with its epilogue: a contraction over the taps of windows alone.
///
/// There is too little arithmetic for tables and packed weights to pay. A channel (a band of its lines, where it is large) is copied into a `Box` with what is
/// around it; then positions of a line are computed side by side, a few lines at a time, which share what they load. All taps are written out, so that their weights
/// stay in registers.
final class DepthwiseKernel {

    /// Taps that are written out, at most: a window of 5 x 5.
    private static final int TAPS = 25;
    /// Elements of a box, roughly: the nearest cache holds it beside what is written.
    private static final int BOX = 4096;
    /// Positions of the channels of one part, roughly.
    private static final int PART = 16384;
    /// Lines that are computed together.
    private static final int LINES = 2;

    private final Draft draft;
    private final Nest nest;
    private final Target target;
    private final Convolved convolved;
    private final Convolved.Form roles;
    private final List<Sliding> axes;
    private final ElementType type;
    private final Box box;
    /// The label of the channels, which parts take several of.
    private final Optional<Integer> channel;
    /// Channels of one part.
    private final int block;
    /// What waits for a long epilogue.
    private final Optional<Buffer> sums;

    /// Where one channel is computed.
    ///
    /// @param point the index of each label around, and of the rows
    /// @param start the first position along the first axis
    private record Part(Map<Integer, Index> point, Index start) {
        Part with(int label, Index index) {
            Map<Integer, Index> all = new HashMap<>(point);
            all.put(label, index);
            return new Part(all, start);
        }
    }

    private DepthwiseKernel(Cluster cluster, Draft.Memory memory, Convolved found, Convolved.Form roles, Target target) {
        draft = new Draft(cluster, memory);
        nest = draft.nest;
        this.target = target;
        this.roles = roles;
        type = cluster.roots().getFirst().type().element();
        convolved = found.banded(bands(found.axes()));
        axes = convolved.axes();
        box = new Box(draft, axes, 1, type, target);
        channel = roles.around().reversed().stream().filter(label -> found.size(label).isFixed()).findFirst();
        block = channel.map(label -> blockFor(found.size(label).size())).orElse(1);
        sums = Epilogue.isShort(cluster, memory) ? Optional.empty() : Optional.of(draft.formals.scratch(type, positions()));
    }

    /// A kernel for a convolution without a sum over channels, or nothing if the contraction is none.
    static Optional<KernelCall> lower(Cluster cluster, Draft.Memory memory, Target target) {
        return Convolved.of(cluster, memory).flatMap(found -> found.form().filter(form -> fits(found, form, target)).map(form -> {
            DepthwiseKernel kernel = new DepthwiseKernel(cluster, memory, found, form, target);
            return kernel.draft.finish("depthwise", kernel.emit());
        }));
    }

    /// Lines shorter than a vector are better off where they run on into each other.
    private static boolean fits(Convolved found, Convolved.Form form, Target target) {
        return form.channel().isEmpty() && found.taps() <= TAPS && found.axes().getLast().positions() >= target.lanes();
    }

    /// Bands of the first axis whose boxes stay near.
    private static int bands(List<Sliding> axes) {
        Sliding first = axes.getFirst();
        int line = axes.stream().skip(1).mapToInt(axis -> axis.box() * axis.phases()).reduce(first.phases(), (a, b) -> a * b);
        return Math.clamp(Math.ceilDiv(first.positions() * line, BOX), 1, Math.max(1, first.positions() / (2 * LINES)));
    }

    private int positions() {
        return axes.stream().mapToInt(Sliding::band).reduce(1, (a, b) -> a * b);
    }

    /// Several channels share the zeros around them. There are parts enough for a few threads all the same.
    private int blockFor(int channels) {
        return Math.clamp(PART / positions(), 1, Math.ceilDiv(channels, 4));
    }

    private Expr emit() {
        List<Expr> counts = new ArrayList<>();
        counts.add(Expr.i32(Math.ceilDiv(axes.getFirst().positions(), axes.getFirst().band())));
        for (int label : roles.around().reversed()) {
            counts.add(isBlocked(label) ? Expr.i32(Math.ceilDiv(convolved.size(label).size(), block)) : nest.size(convolved.size(label)));
        }
        List<Index> indices = Grid.split(nest, counts);
        Map<Integer, Index> point = new HashMap<>();
        for (int i = 0; i < roles.around().size(); i++) {
            int label = roles.around().reversed().get(i);
            point.put(label, isBlocked(label) ? indices.get(i + 1).times(block) : indices.get(i + 1));
        }
        new Cuts(nest, 1).section("clear", box::clear);
        channels(new Part(point, indices.getFirst().times(axes.getFirst().band())));
        return Grid.extent(counts);
    }

    private boolean isBlocked(int label) {
        return channel.filter(own -> own == label).isPresent();
    }

    private void channels(Part part) {
        if (channel.isEmpty()) {
            channel(part);
            return;
        }
        Index first = part.point().get(channel.get());
        int all = convolved.size(channel.get()).size();
        Expr count = all % block == 0
                ? Expr.i32(block)
                : nest.let("channels", Nest.min(nest.expr(Index.of(all).minus(first)), Expr.i32(block)));
        new Cuts(nest, block).each("c", count, c -> channel(part.with(channel.get(), first.plus(c))));
    }

    private void channel(Part part) {
        new Cuts(nest, 1).section("box", () -> box.fill(part.start(), Expr.i32(1), (_, indices) -> source(part, indices)));
        if (roles.rows().isEmpty()) {
            row(part);
            return;
        }
        int label = roles.rows().get();
        new Cuts(nest, convolved.size(label).size()).each("m", Expr.i32(convolved.size(label).size()), m -> row(part.with(label, m)));
    }

    /// The element of the operand that windows slide over.
    private Expr source(Part part, List<Index> indices) {
        return draft.elements.at(convolved.source(), convolved.labels().stream()
                .map(label -> convolved.isPosition(label) ? indices.get(convolved.axisOf(label)) : part.point().get(label)).toList());
    }

    private void row(Part part) {
        new Cuts(nest, 1).section("lines", () -> lines(part, new ArrayList<>()));
        sums.ifPresent(buffer -> new Cuts(nest, 1).section("epilogue", () -> epilogue(part, buffer, new ArrayList<>())));
    }

    /// How many positions of an axis there are in the part.
    private Expr count(Part part, int axis) {
        Sliding sliding = axes.get(axis);
        return axis > 0 || sliding.positions() % sliding.band() == 0
                ? Expr.i32(sliding.band())
                : nest.let("count", Nest.min(nest.expr(Index.of(sliding.positions()).minus(part.start())), Expr.i32(sliding.band())));
    }

    /// Loops over all axes but the last one; the axis before it in groups of lines.
    private void lines(Part part, List<Index> outer) {
        int axis = outer.size();
        int left = axes.size() - 1 - axis;
        if (left == 0) {
            line(part, outer, 1);
        } else if (left == 1) {
            new Cuts(nest, axes.get(axis).band()).tiles(count(part, axis), LINES, (first, lines) -> line(part, plus(outer, first), lines));
        } else {
            new Cuts(nest, axes.get(axis).band()).each("p", count(part, axis), p -> lines(part, plus(outer, p)));
        }
    }

    private static List<Index> plus(List<Index> list, Index last) {
        List<Index> all = new ArrayList<>(list);
        all.add(last);
        return List.copyOf(all);
    }

    /// A few neighbouring lines.
    private void line(Part part, List<Index> first, int lines) {
        new Cuts(nest, axes.getLast().band()).whole(Expr.i32(0), count(part, axes.size() - 1), target.lanes(),
                x -> column(part, first, lines, x));
    }

    private void column(Part part, List<Index> first, int lines, Index x) {
        List<List<Index>> places = new ArrayList<>();
        for (int line = 0; line < lines; line++) {
            List<Index> place = new ArrayList<>(first);
            if (line > 0) {
                place.set(place.size() - 1, place.getLast().plus(line));
            }
            place.add(x);
            places.add(List.copyOf(place));
        }
        List<Variable> accumulators = places.stream().map(_ -> nest.var("acc", new Literal(type, 0))).toList();
        taps(List.of(), tap -> {
            Expr weight = weight(part, tap);
            for (int line = 0; line < lines; line++) {
                Expr element = nest.let("x", new Expr.Load(box.buffer, nest.expr(box.place(places.get(line), tap))));
                Variable sum = accumulators.get(line);
                nest.add(new Stmt.Assign(sum, new Expr.Fma(weight, element, Expr.read(sum))));
            }
        });
        for (int line = 0; line < lines; line++) {
            finish(part, places.get(line), Expr.read(accumulators.get(line)));
        }
    }

    private interface Tap {
        void at(List<Integer> tap);
    }

    /// All taps in the order of the contraction.
    private void taps(List<Integer> outer, Tap body) {
        if (outer.size() == axes.size()) {
            body.at(outer);
            return;
        }
        for (int tap = 0; tap < axes.get(outer.size()).taps(); tap++) {
            List<Integer> all = new ArrayList<>(outer);
            all.add(tap);
            taps(all, body);
        }
    }

    private Expr weight(Part part, List<Integer> tap) {
        return draft.elements.at(convolved.other(), convolved.otherLabels().stream()
                .map(label -> convolved.isTap(label) ? Index.of(tap.get(convolved.tapOf(label))) : part.point().get(label)).toList());
    }

    /// The epilogue at once, or later.
    private void finish(Part part, List<Index> place, Expr sum) {
        if (sums.isPresent()) {
            nest.store(sums.get(), linear(place), sum);
        } else {
            store(part, place, sum);
        }
    }

    private Index linear(List<Index> place) {
        Index index = Index.ZERO;
        for (int axis = 0; axis < axes.size(); axis++) {
            index = index.times(axes.get(axis).band()).plus(place.get(axis));
        }
        return index;
    }

    private void store(Part part, List<Index> place, Expr sum) {
        List<Index> indices = convolved.resultLabels().stream().map(label -> {
            int axis = convolved.axisOf(label);
            return axis < 0 ? part.point().get(label) : axis == 0 ? part.start().plus(place.getFirst()) : place.get(axis);
        }).toList();
        Epilogue.finish(draft, indices, sum);
    }

    private void epilogue(Part part, Buffer buffer, List<Index> outer) {
        int axis = outer.size();
        if (axis == axes.size()) {
            store(part, outer, nest.let("x", new Expr.Load(buffer, nest.expr(linear(outer)))));
            return;
        }
        Cuts cuts = new Cuts(nest, axes.get(axis).band());
        if (axis == axes.size() - 1) {
            cuts.vector(count(part, axis), 16, x -> epilogue(part, buffer, plus(outer, x)));
        } else {
            cuts.each("p", count(part, axis), p -> epilogue(part, buffer, plus(outer, p)));
        }
    }
}
