package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.fuse.Cluster;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Binary;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.loop.Expr.Literal;
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.schedule.Target;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;

/// The gradient of a convolution by its weights, the taps of a line side by side: for each of them a sum over the positions of all examples, in their order.
///
/// Neighbouring taps look at neighbours, so one vector holds a line of the kernel. Where there is no sum over channels, no other axis may lie side by side; and where there
/// are few output channels, they would leave more of a vector empty than taps do, and would have to be packed. Some channels and lines are taken at once, so that their
/// sums do not wait for each other. Example after example is copied with its border into a `Box`; the sum of a chunk of positions that began in the example before goes
/// on where it stopped.
final class TapsGradientKernel {

    /// Vectors of sums that are added to at once, at most.
    private static final int SUMS = 12;
    /// Output channels, and lines of the kernel, that are taken at once where each product of a line and a channel is one: nine sums, and six operands, are what sixteen
    /// registers hold.
    private static final int SQUARE = 3;
    /// Output channels, at most, that are not better side by side themselves.
    private static final int FEW = 8;

    private final Draft draft;
    private final Nest nest;
    private final Convolved convolved;
    private final Convolved.GradientForm form;
    private final List<Sliding> axes;
    private final ElementType type;
    /// The label of the channels of which a part takes some: those of both operands, or those of the output.
    private final int channel;
    /// Whether both operands have it.
    private final boolean isShared;
    /// Channels of one part.
    private final int block;
    /// Lines of the kernel that are taken at once.
    private final int lines;
    /// Positions of one example, and of one line.
    private final int positions;
    private final int line;
    private final Box box;
    /// The sums of the chunk that is not at its end, and of all chunks before.
    private final Buffer chunk;
    private final Buffer totals;

    private TapsGradientKernel(Cluster cluster, Draft.Memory memory, Convolved convolved, Convolved.GradientForm form, int channel,
            Target target) {
        draft = new Draft(cluster, memory);
        nest = draft.nest;
        this.convolved = convolved;
        this.form = form;
        this.channel = channel;
        type = cluster.roots().getFirst().type().element();
        axes = convolved.axes();
        isShared = form.groups().contains(channel);
        lines = isShared ? leading() : Math.min(leading(), SQUARE);
        block = largestDivisor(convolved.size(channel).size(), isShared ? Math.max(1, SUMS / lines) : SQUARE);
        positions = axes.stream().mapToInt(Sliding::positions).reduce(1, (a, b) -> a * b);
        line = axes.getLast().positions();
        box = new Box(draft, axes.stream().map(Sliding::withoutStride).toList(), isShared ? block : 1, type, target);
        chunk = draft.formals.scratch(type, block * convolved.taps());
        totals = draft.formals.scratch(type, block * convolved.taps());
    }

    /// A kernel for a gradient by the weights without a sum over channels, or with few of them in the output; nothing if the contraction is none.
    static Optional<KernelCall> lower(Cluster cluster, Draft.Memory memory, Target target) {
        return Convolved.of(cluster, memory).flatMap(convolved -> convolved.gradientForm().flatMap(form -> channel(convolved, form)
                .map(channel -> {
                    TapsGradientKernel kernel = new TapsGradientKernel(cluster, memory, convolved, form, channel, target);
                    return kernel.draft.finish("taps_gradient", kernel.emit());
                })));
    }

    private static Optional<Integer> channel(Convolved convolved, Convolved.GradientForm form) {
        Optional<Integer> shared = form.channel().isPresent()
                ? Optional.empty()
                : form.groups().stream().filter(label -> convolved.size(label).isFixed()).findFirst();
        int few = Math.min(FEW, 2 * convolved.axes().getLast().taps());
        return shared.or(() -> form.column().filter(label -> convolved.size(label).size() <= few));
    }

    /// Lines of the kernel.
    private int leading() {
        return convolved.taps() / axes.getLast().taps();
    }

    private static int largestDivisor(int number, int most) {
        int divisor = Math.min(number, most);
        while (number % divisor > 0) {
            divisor--;
        }
        return divisor;
    }

    private Expr emit() {
        List<Integer> labels = new ArrayList<>(form.groups());
        form.column().ifPresent(labels::add);
        form.channel().ifPresent(labels::add);
        List<Expr> counts = labels.stream()
                .map(label -> label == channel ? Expr.i32(convolved.size(label).size() / block) : nest.size(convolved.size(label)))
                .toList();
        List<Index> indices = Grid.split(nest, counts);
        Map<Integer, Index> point = new HashMap<>();
        for (int i = 0; i < labels.size(); i++) {
            point.put(labels.get(i), labels.get(i) == channel ? indices.get(i).times(block) : indices.get(i));
        }
        Cuts overTaps = new Cuts(nest, block * convolved.taps());
        overTaps.section("clear", () -> {
            box.clear();
            overTaps.vector(Expr.i32(block * convolved.taps()), 16, j -> {
                nest.store(chunk, j, new Literal(type, 0));
                nest.store(totals, j, new Literal(type, 0));
            });
        });
        examples(point);
        overTaps.section("epilogue", () -> epilogue(point));
        return Grid.extent(counts);
    }

    private void examples(Map<Integer, Index> point) {
        if (form.batch().isEmpty()) {
            example(point, Index.ZERO, Expr.i32(1));
            return;
        }
        Dim count = convolved.size(form.batch().get());
        Variable example = nest.open("e", count);
        Map<Integer, Index> here = new HashMap<>(point);
        here.put(form.batch().get(), Index.of(example));
        example(here, Index.of(example), nest.dim(count));
        List<Stmt> body = nest.close();
        nest.add(new Stmt.For(example, Expr.i32(0), nest.dim(count), 1, body));
    }

    /// The positions of one example: those of each chunk that it takes part in.
    private void example(Map<Integer, Index> point, Index example, Expr examples) {
        new Cuts(nest, 1).section("box",
                () -> box.fill(Index.ZERO, Expr.i32(isShared ? block : 1), (c, indices) -> source(point, c, indices)));
        Index start = example.times(positions);
        Expr all = nest.let("all", Expr.multiply(examples, Expr.i32(positions)));
        Expr size = Expr.i32(Labels.CHUNK);
        Expr from = nest.let("from", new Binary(BinaryOp.DIVIDE, nest.expr(start), size));
        Expr to = nest.let("to", Expr.add(new Binary(BinaryOp.DIVIDE, nest.expr(start.plus(positions - 1)), size), Expr.i32(1)));
        Dim chunks = form.batch().map(convolved::size).orElse(Dim.ONE).times(Dim.of(positions));
        Variable number = nest.open("n", chunks, Expr.i32(Math.ceilDiv(positions, Labels.CHUNK)));
        Expr begin = nest.let("begin",
                new Binary(BinaryOp.MAX, nest.expr(Index.of(number).times(Labels.CHUNK).minus(start)), Expr.i32(0)));
        Expr end = nest.let("end", Nest.min(nest.expr(Index.of(number).plus(1).times(Labels.CHUNK).minus(start)), Expr.i32(positions)));
        for (int at = 0; at < leading(); at += lines) {
            List<Sum> some = sums(at, Math.min(at + lines, leading()));
            new Cuts(nest, 1).section("sums", () -> sums(point, some, begin, end));
        }
        Expr behind = nest.let("behind", Expr.add(nest.expr(start), end));
        flush(new Binary(BinaryOp.OR, new Binary(BinaryOp.EQUAL, behind, all),
                new Binary(BinaryOp.EQUAL, nest.expr(Index.of(number).plus(1).times(Labels.CHUNK)), behind)));
        List<Stmt> body = nest.close();
        nest.add(new Stmt.For(number, from, to, 1, body));
    }

    /// A chunk at its end is added to those before.
    private void flush(Expr condition) {
        Expr isWhole = nest.let("whole", condition);
        nest.open(true);
        new Cuts(nest, block * convolved.taps()).vector(Expr.i32(block * convolved.taps()), 16, j -> {
            nest.store(totals, j, nest.let("total", Expr.add(load(totals, j), load(chunk, j))));
            nest.store(chunk, j, new Literal(type, 0));
        });
        nest.add(new Stmt.If(isWhole, nest.close(), List.of()));
    }

    /// Adds the products of some positions of the example to the sums of their chunk.
    private void sums(Map<Integer, Index> point, List<Sum> some, Expr begin, Expr end) {
        new Cuts(nest, axes.getLast().taps()).vector(Expr.i32(axes.getLast().taps()), 16, tap -> {
            List<Variable> sums = some.stream().map(sum -> nest.var("acc", load(chunk, place(sum, tap)))).toList();
            Expr first = nest.let("first", new Binary(BinaryOp.DIVIDE, begin, Expr.i32(line)));
            Expr last = nest.let("last", Expr.add(new Binary(BinaryOp.DIVIDE, Cuts.minus(end, Expr.i32(1)), Expr.i32(line)), Expr.i32(1)));
            Variable row = nest.open("y", Dim.of(positions / line));
            List<Index> outer = Movement.split(nest, Index.of(row),
                    axes.subList(0, axes.size() - 1).stream().map(axis -> Dim.of(axis.positions())).toList());
            Expr before = nest.let("before", Expr.multiply(Expr.read(row), Expr.i32(line)));
            Expr low = nest.let("low", new Binary(BinaryOp.MAX, Cuts.minus(begin, before), Expr.i32(0)));
            Expr high = nest.let("high", Nest.min(Cuts.minus(end, before), Expr.i32(line)));
            Variable x = nest.open("x", Dim.of(line));
            List<Index> position = new ArrayList<>(outer);
            position.add(Index.of(x));
            position(point, position, tap, some, sums);
            List<Stmt> inner = nest.close();
            nest.add(new Stmt.For(x, low, high, 1, inner));
            List<Stmt> body = nest.close();
            nest.add(new Stmt.For(row, first, last, 1, body));
            for (int i = 0; i < sums.size(); i++) {
                nest.store(chunk, place(some.get(i), tap), Expr.read(sums.get(i)));
            }
        });
    }

    private void position(Map<Integer, Index> point, List<Index> position, Index tap, List<Sum> some, List<Variable> sums) {
        List<Index> corner = new ArrayList<>();
        for (int axis = 0; axis < axes.size(); axis++) {
            corner.add(position.get(axis).times(axes.get(axis).stride()));
        }
        Map<Integer, Expr> cotangents = new HashMap<>();
        Map<Index, Expr> elements = new HashMap<>();
        for (int i = 0; i < sums.size(); i++) {
            Sum sum = some.get(i);
            Index place = box.place(corner, sum.taps).plus(isShared ? sum.channel * box.channel() : 0)
                    .plus(tap.times(axes.getLast().window().dilation()));
            Expr element = elements.computeIfAbsent(place, at -> load(box.buffer, at));
            Expr cotangent = cotangents.computeIfAbsent(sum.channel, c -> cotangent(point, c, position));
            nest.add(new Stmt.Assign(sums.get(i), new Expr.Fma(cotangent, element, Expr.read(sums.get(i)))));
        }
    }

    /// A vector of sums.
    ///
    /// @param number  among all
    /// @param channel among those of the part
    /// @param taps    along all axes but the last one, and 0
    private record Sum(int number, int channel, List<Integer> taps) {
    }

    /// The sums of all channels of the part, and of some lines of the kernel.
    private List<Sum> sums(int from, int to) {
        List<Sum> sums = new ArrayList<>();
        for (int c = 0; c < block; c++) {
            for (int at = from; at < to; at++) {
                List<Integer> taps = new ArrayList<>(List.of(0));
                int rest = at;
                for (Sliding axis : axes.subList(0, axes.size() - 1).reversed()) {
                    taps.addFirst(rest % axis.taps());
                    rest /= axis.taps();
                }
                sums.add(new Sum(c * leading() + at, c, taps));
            }
        }
        return sums;
    }

    private Index place(Sum sum, Index tap) {
        return tap.plus(sum.number * axes.getLast().taps());
    }

    private Expr load(Buffer buffer, Index index) {
        return nest.let("x", new Expr.Load(buffer, nest.expr(index)));
    }

    private Expr source(Map<Integer, Index> point, Index c, List<Index> indices) {
        return draft.elements.at(convolved.source(), convolved.labels().stream().map(label -> {
            int axis = convolved.axisOf(label);
            return axis >= 0 ? indices.get(axis) : own(point, label, c);
        }).toList());
    }

    private Expr cotangent(Map<Integer, Index> point, int c, List<Index> position) {
        return draft.elements.at(convolved.other(), convolved.otherLabels().stream().map(label -> {
            int axis = convolved.axisOf(label);
            return axis >= 0 ? position.get(axis) : own(point, label, Index.of(c));
        }).toList());
    }

    private Index own(Map<Integer, Index> point, int label, Index c) {
        return label == channel ? point.get(label).plus(c) : point.get(label);
    }

    private void epilogue(Map<Integer, Index> point) {
        new Cuts(nest, block).each("c", Expr.i32(block), c -> overTaps(point, c, c, new ArrayList<>()));
    }

    private void overTaps(Map<Integer, Index> point, Index c, Index number, List<Index> taps) {
        if (taps.size() < axes.size()) {
            int count = axes.get(taps.size()).taps();
            new Cuts(nest, count).each("t", Expr.i32(count), tap -> {
                List<Index> all = new ArrayList<>(taps);
                all.add(tap);
                overTaps(point, c, number.times(count).plus(tap), all);
            });
            return;
        }
        List<Index> indices = convolved.resultLabels().stream().map(label -> {
            int axis = convolved.tapOf(label);
            return axis >= 0 ? taps.get(axis) : own(point, label, c);
        }).toList();
        Epilogue.finish(draft, indices, load(totals, number));
    }
}
