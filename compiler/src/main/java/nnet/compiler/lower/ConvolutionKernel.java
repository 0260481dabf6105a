package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import nnet.compiler.fuse.Cluster;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Binary;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.schedule.Target;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;

/// A convolution with its epilogue: a contraction over taps (and channels) of windows with weights. Its columns are positions, its rows output channels.
///
/// The windows are never made. For each chunk of the contracted axis, the operand's channels that it takes are copied into a `Box`, where neighbouring positions
/// are neighbours, and a table says where each step of the chunk begins; so a row of B is a load at `table[k] + j`. Columns run through the places of the box
/// from line to line; the few at the end of each line belong to no position: their sums are dropped.
final class ConvolutionKernel {

    final Draft draft;
    final Nest nest;
    final ConvolutionPlan plan;
    /// What the sums are.
    final Value root;
    /// Whether the weights of a row lie one after the other in the order of the contracted axis.
    final boolean isDirect;
    /// Where a panel is not packed straight from the operand.
    final Optional<Box> box;
    /// Where enough rows make up for it.
    final Optional<Panel> panel;
    /// Columns of a band, with those that are no positions.
    final int columns;
    /// Where sums wait, a row for each row of a part; nothing where the epilogue is a part of the register tiles.
    final Optional<Buffer> sums;
    private final Optional<Buffer> table;

    /// Where one iteration of the parallel loop works.
    ///
    /// @param around the index of each label around
    /// @param start  the first position along the first axis
    /// @param row    the first row
    /// @param rows   how many
    record Part(Map<Integer, Index> around, Index start, Index row, Expr rows) {
    }

    /// A chunk of the contracted axis.
    ///
    /// @param from     its first step
    /// @param count    its steps
    /// @param channel  the first channel that it takes
    /// @param channels how many
    /// @param lead     the steps of the first channel that belong to the chunk before
    record Chunk(Index from, Expr count, Index channel, Expr channels, Index lead) {
    }

    private ConvolutionKernel(Cluster cluster, Draft.Memory memory, ConvolutionPlan plan) {
        draft = new Draft(cluster, memory);
        nest = draft.nest;
        this.plan = plan;
        root = cluster.roots().getFirst();
        List<Sliding> axes = plan.convolved().axes();
        isDirect = plan.convolved().isOneAxisOfWeights(cluster, memory);
        box = plan.strides().isEmpty() ? Optional.of(new Box(draft, axes, plan.channels(), plan.type(), plan.target())) : Optional.empty();
        panel = plan.isPacked() ? Optional.of(new Panel(draft, axes, plan)) : Optional.empty();
        columns = panel.map(Panel::columns)
                .orElseGet(() -> Cuts.roundUp((axes.getFirst().band() - 1) * stride(0) + lineEnd(), plan.tile().columns()));
        sums = isShort(cluster, memory)
                ? Optional.empty()
                : Optional.of(draft.formals.scratch(plan.type(), Cuts.roundUp(plan.block(), plan.group()) * columns));
        table = box.map(_ -> draft.formals.scratch(ElementType.I32, plan.chunkSteps()));
    }

    /// A kernel for a convolution, or nothing if the contraction is none.
    static Optional<KernelCall> lower(Cluster cluster, Draft.Memory memory, Target target) {
        return Convolved.of(cluster, memory).or(() -> Convolved.still(cluster, memory)).flatMap(found -> found.form().map(form -> {
            ConvolutionKernel kernel = new ConvolutionKernel(cluster, memory, ConvolutionPlan.of(cluster, memory, found, form, target));
            return kernel.draft.finish("convolution", kernel.emit());
        }));
    }

    /// Whether it pays to finish sums while they are in registers, and what follows is no more than registers hold: each position of a band once, and none behind its end.
    private boolean isShort(Cluster cluster, Draft.Memory memory) {
        Sliding first = plan.convolved().axes().getFirst();
        return plan.isThin() && plan.rows().size() % plan.block() == 0 && first.positions() % first.band() == 0
                && ConvolutionEpilogue.isOneLine(draft, plan)
                && Epilogue.isShort(cluster, memory);
    }

    /// How far the next position of an axis is, in columns.
    int stride(int axis) {
        return panel.map(packed -> packed.stride(axis)).orElseGet(() -> box.orElseThrow().stride(axis));
    }

    /// Columns of the last line of a band.
    private int lineEnd() {
        List<Sliding> axes = plan.convolved().axes();
        return 1 + IntStream.range(1, axes.size()).map(axis -> (axes.get(axis).positions() - 1) * stride(axis)).sum();
    }

    /// Where the sum of a row of the part waits.
    Index sum(Index row, Index column) {
        return row.times(columns).plus(column);
    }

    private Expr emit() {
        Sliding first = plan.convolved().axes().getFirst();
        int all = plan.rows().size();
        int block = plan.block();
        List<Integer> labels = plan.form().around().reversed();
        List<Expr> counts = new ArrayList<>();
        counts.add(Expr.i32(Math.ceilDiv(first.positions(), first.band())));
        counts.add(Expr.i32(Math.ceilDiv(all, block)));
        labels.forEach(label -> counts.add(nest.size(plan.convolved().size(label))));
        List<Index> indices = Grid.split(nest, counts);
        Map<Integer, Index> around = new HashMap<>();
        for (int i = 0; i < labels.size(); i++) {
            around.put(labels.get(i), indices.get(i + 2));
        }
        Index row = indices.get(1).times(block);
        Expr count = all % block == 0 ? Expr.i32(block) : nest.let("rows", Nest.min(nest.expr(Index.of(all).minus(row)), Expr.i32(block)));
        part(new Part(around, indices.get(0).times(first.band()), row, count));
        return Grid.extent(counts);
    }

    private void part(Part part) {
        ConvolutionTiles tiles = new ConvolutionTiles(this, part);
        box.ifPresent(copy -> new Cuts(nest, plan.steps()).section("clear", copy::clear));
        chunks(tiles, part);
        tiles.finish();
    }

    private void chunks(ConvolutionTiles tiles, Part part) {
        int steps = plan.steps();
        if (plan.isOneChunk()) {
            chunk(tiles, part, new Chunk(Index.ZERO, Expr.i32(steps), Index.ZERO, Expr.i32(plan.channels()), Index.ZERO));
            return;
        }
        tiles.clear();
        // Counts that are known leave C2 registers for sums.
        int rest = steps % Labels.CHUNK;
        int whole = steps - rest;
        if (whole > Labels.CHUNK) {
            Variable from = nest.open("c", Dim.of(steps), Expr.i32(whole / Labels.CHUNK));
            chunk(tiles, part, chunk(Index.of(from), Labels.CHUNK));
            List<Stmt> body = nest.close();
            nest.add(new Stmt.For(from, Expr.i32(0), Expr.i32(whole), Labels.CHUNK, body));
        } else {
            chunk(tiles, part, chunk(Index.ZERO, Labels.CHUNK));
        }
        if (rest > 0) {
            chunk(tiles, part, chunk(Index.of(whole), rest));
        }
    }

    private Chunk chunk(Index from, int count) {
        int taps = plan.convolved().taps();
        Index channel = over("channel", from, taps);
        Index end = over("last", from.plus(count - 1), taps).plus(1);
        return new Chunk(from, Expr.i32(count), channel, nest.let("channels", nest.expr(end.minus(channel))),
                from.minus(channel.times(taps)));
    }

    private Index over(String name, Index value, int divisor) {
        return divisor == 1
                ? value
                : value.asDim().map(known -> Index.of(known.size() / divisor)).orElseGet(() -> Movement.variable(nest, name,
                        new Binary(BinaryOp.DIVIDE, nest.expr(value), Expr.i32(divisor))));
    }

    private void chunk(ConvolutionTiles tiles, Part part, Chunk chunk) {
        Cuts cuts = new Cuts(nest, plan.steps());
        box.ifPresent(copy -> {
            cuts.section("box",
                    () -> copy.fill(part.start(), chunk.channels(),
                            (channel, indices) -> source(part, chunk.channel().plus(channel), indices)));
            cuts.section("table", () -> table(copy, chunk));
        });
        panel.ifPresent(packed -> cuts.section("panel", () -> packed.pack(chunk.count(), step -> line(part, chunk, step))));
        tiles.chunk(chunk);
    }

    /// The element of the operand that windows slide over.
    private Expr source(Part part, Index channel, List<Index> indices) {
        Convolved convolved = plan.convolved();
        List<Index> point = new ArrayList<>();
        for (int label : convolved.labels()) {
            int axis = convolved.axisOf(label);
            point.add(axis >= 0
                    ? indices.get(axis)
                    : plan.form().channel().filter(own -> own == label).isPresent() ? channel : part.around().get(label));
        }
        return draft.elements.at(convolved.source(), point);
    }

    /// What a step multiplies by, for the panel.
    private Panel.Line line(Part part, Chunk chunk, Index step) {
        if (box.isEmpty()) {
            return positions -> {
                List<Index> indices = new ArrayList<>(positions);
                indices.set(0, part.start().plus(positions.getFirst()));
                return source(part, chunk.from().plus(step), indices);
            };
        }
        Index place = place(chunk, step);
        return positions -> {
            Index at = place;
            for (int axis = 0; axis < positions.size(); axis++) {
                at = at.plus(positions.get(axis).times(box.get().stride(axis)));
            }
            return new Expr.Load(box.get().buffer, nest.expr(at));
        };
    }

    /// Where each step begins in the box: the steps of whole channels.
    private void table(Box copy, Chunk chunk) {
        overSteps(chunk, (channel, taps, step) -> {
            Index place = channel.times(copy.channel());
            for (int axis = 0; axis < taps.size(); axis++) {
                place = place.plus(copy.tap(axis, taps.get(axis)));
            }
            nest.store(table.orElseThrow(), step, nest.expr(place));
        });
    }

    /// Where a step of a chunk begins in the box.
    Index place(Chunk chunk, Index step) {
        return Movement.variable(nest, "place", new Expr.Load(table.orElseThrow(), nest.expr(chunk.lead().plus(step))));
    }

    interface Step {
        void at(Index channel, List<Index> taps, Index step);
    }

    /// Loops over the channels of a chunk and all taps.
    void overSteps(Chunk chunk, Step body) {
        Variable channel = nest.open("c", Dim.of(plan.channels()), chunk.channels());
        overTaps(Index.of(channel), Index.of(channel), new ArrayList<>(), body);
        List<Stmt> statements = nest.close();
        nest.add(new Stmt.For(channel, Expr.i32(0), chunk.channels(), 1, statements));
    }

    private void overTaps(Index channel, Index step, List<Index> taps, Step body) {
        if (taps.size() == plan.convolved().axes().size()) {
            body.at(channel, List.copyOf(taps), step);
            return;
        }
        int count = plan.convolved().axes().get(taps.size()).taps();
        Variable tap = count == 1 ? null : nest.open("t", Dim.of(count));
        Index index = count == 1 ? Index.ZERO : Index.of(tap);
        taps.add(index);
        overTaps(channel, step.times(count).plus(index), taps, body);
        taps.removeLast();
        if (count > 1) {
            List<Stmt> statements = nest.close();
            nest.add(new Stmt.For(tap, Expr.i32(0), Expr.i32(count), 1, statements));
        }
    }
}
