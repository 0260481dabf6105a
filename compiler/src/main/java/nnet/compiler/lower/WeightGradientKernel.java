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
import nnet.compiler.schedule.Tile;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;

/// The gradient of a convolution by its weights: a contraction over all positions of all examples. Its rows are (channel, taps), its columns output channels.
///
/// For each chunk of positions the lines of the operand that they see are copied, with what is around them, into scratch; a table says where each
/// position begins, another one where each row does, so that an element of A is a load at `rows[i] + positions[k]`. The cotangent is packed: the columns of a
/// position lie side by side.
final class WeightGradientKernel {

    /// Elements of the lines of a chunk, roughly.
    private static final int BOX = 32768;
    private static final int PANEL = 64;

    final Draft draft;
    final Nest nest;
    final Target target;
    final Convolved convolved;
    final Convolved.GradientForm form;
    final ElementType type;
    final Tile tile;
    /// Channels of one part.
    final int channels;
    /// Columns of one part.
    final int panel;
    final Lines lines;
    private final Dim all;

    /// Where one iteration of the parallel loop works.
    record Part(Map<Integer, Index> around, Index channel, Expr channels, Index column, Expr columns) {
    }

    /// A chunk of the positions: `lead` of its first line belong to the chunk before.
    record Chunk(Expr count, Index line, Expr lines, Index lead) {
    }

    private WeightGradientKernel(Cluster cluster, Draft.Memory memory, Convolved convolved, Convolved.GradientForm form, Target target) {
        draft = new Draft(cluster, memory);
        nest = draft.nest;
        this.target = target;
        this.convolved = convolved;
        this.form = form;
        type = cluster.roots().getFirst().type().element();
        int inner = form.channel().map(label -> convolved.size(label).size()).orElse(1);
        int outer = convolved.size(form.columns()).size();
        int most = Math.clamp(BOX / Lines.channel(convolved), 1, inner);
        // Two parts at least, where that can be, for two threads: of channels, or of columns.
        int parts = Math.max(Math.ceilDiv(inner, most), Math.min(inner, 2));
        channels = Math.ceilDiv(inner, parts);
        tile = tile(target, outer);
        panel = ConvolutionKernel.roundUp(Math.min(parts > 1 ? outer : Math.ceilDiv(outer, 2), PANEL), tile.columns());
        all = Labels.of(convolved.equation()).contractedSize();
        lines = new Lines(this);
    }

    /// Few columns fill one vector; then there are more rows, for as many sums that do not wait for each other.
    private static Tile tile(Target target, int columns) {
        return switch (target.lanes()) {
            case 1 -> new Tile(1, 16, 16, 0);
            case 16 -> columns <= 16 ? new Tile(12, 16, 16, 0) : new Tile(12, 32, 32, 0);
            default -> columns <= 8 ? new Tile(6, 8, 8, 0) : Tile.of(target);
        };
    }

    /// A kernel for the gradient by weights, or nothing if the contraction is none.
    static Optional<KernelCall> lower(Cluster cluster, Draft.Memory memory, Target target) {
        return Convolved.of(cluster, memory)
                .flatMap(convolved -> convolved.gradientForm().filter(form -> form.column().isPresent()).map(form -> {
                    WeightGradientKernel kernel = new WeightGradientKernel(cluster, memory, convolved, form, target);
                    return kernel.draft.finish("weight_gradient", kernel.emit());
                }));
    }

    private Expr emit() {
        int inner = form.channel().map(label -> convolved.size(label).size()).orElse(1);
        int outer = convolved.size(form.columns()).size();
        List<Expr> counts = new ArrayList<>(List.of(Expr.i32(Math.ceilDiv(inner, channels)), Expr.i32(Math.ceilDiv(outer, panel))));
        form.groups().forEach(label -> counts.add(nest.size(convolved.size(label))));
        List<Index> indices = Grid.split(nest, counts);
        Map<Integer, Index> around = new HashMap<>();
        for (int i = 0; i < form.groups().size(); i++) {
            around.put(form.groups().get(i), indices.get(i + 2));
        }
        Index channel = indices.get(0).times(channels);
        Index column = indices.get(1).times(panel);
        Part part = new Part(around, channel, extent(inner, channels, channel), column, extent(outer, panel, column));
        WeightGradientTiles tiles = new WeightGradientTiles(this, part);
        lines.prepare();
        tiles.clear();
        chunks(part, tiles);
        tiles.epilogue();
        return Grid.extent(counts);
    }

    private Expr extent(int size, int limit, Index start) {
        return size % limit == 0
                ? Expr.i32(limit)
                : nest.let("count", Nest.min(nest.expr(Index.of(size).minus(start)), Expr.i32(Math.min(size, limit))));
    }

    private void chunks(Part part, WeightGradientTiles tiles) {
        int length = lines.length();
        Expr end = nest.dim(all);
        Variable from = nest.open("c", all, Expr.i32(all.isFixed() ? Math.ceilDiv(all.size(), Labels.CHUNK) : 64));
        Expr count = nest.let("count", Nest.min(new Binary(BinaryOp.SUBTRACT, end, Expr.read(from)), Expr.i32(Labels.CHUNK)));
        Index line = Movement.variable(nest, "line", over(Expr.read(from), length));
        Index lead = Index.of(from).minus(line.times(length));
        Expr last = over(Expr.add(Expr.read(from), new Binary(BinaryOp.SUBTRACT, count, Expr.i32(1))), length);
        Index behind = Movement.variable(nest, "last", last).plus(1);
        Chunk chunk = new Chunk(count, line, nest.let("lines", nest.expr(behind.minus(line))), lead);
        Cuts cuts = new Cuts(nest, Labels.CHUNK);
        cuts.section("lines", () -> lines.fill(part, chunk));
        cuts.section("pack", () -> tiles.pack(chunk));
        tiles.rows(chunk);
        List<Stmt> body = nest.close();
        nest.add(new Stmt.For(from, Expr.i32(0), end, Labels.CHUNK, body));
    }

    private static Expr over(Expr value, int divisor) {
        return divisor == 1 ? value : new Binary(BinaryOp.DIVIDE, value, Expr.i32(divisor));
    }

    /// What is copied of the operand: for each channel, each line of positions and each tap of the axes before the last one, the line that it sees.
    static final class Lines {

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
                        nest.expr(line.times(line(kernel.convolved)).plus(p.times(axes.getLast().stride()))))));
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
            Variable r = nest.open("r", Dim.of(width(kernel.convolved)));
            Index place = channel.times(channel(kernel.convolved)).plus(start).plus(Index.of(r));
            List<Index> indices = new ArrayList<>(places);
            indices.add(Index.of(r).plus(last.base()));
            nest.store(buffer, place, copy ? kernel.source(part, example, channel, indices) : new Literal(kernel.type, 0));
            List<Stmt> body = nest.close();
            nest.add(new Stmt.Vector(r, Expr.i32(low), Expr.i32(high), 16, body));
        }
    }

    /// The example and the position along each axis but the last, of a line.
    List<Index> position(Index line) {
        List<Dim> dims = new ArrayList<>();
        dims.add(form.batch().map(convolved::size).orElse(Dim.ONE));
        convolved.axes().subList(0, convolved.axes().size() - 1).forEach(axis -> dims.add(Dim.of(axis.positions())));
        return Movement.split(nest, line, dims);
    }

    private Expr source(Part part, Index example, Index channel, List<Index> indices) {
        List<Index> point = new ArrayList<>();
        for (int label : convolved.labels()) {
            int axis = convolved.axisOf(label);
            point.add(axis >= 0
                    ? indices.get(axis)
                    : form.batch().filter(own -> own == label).isPresent()
                            ? example
                            : form.channel().filter(own -> own == label).isPresent()
                                    ? part.channel().plus(channel)
                                    : part.around().get(label));
        }
        return draft.elements.at(convolved.source(), point);
    }
}
