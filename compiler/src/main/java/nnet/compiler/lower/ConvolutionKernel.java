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
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.schedule.Target;
import nnet.compiler.schedule.Tile;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;

/// A convolution with its epilogue: a contraction over taps (and channels) of windows with weights. Its columns are positions, its rows output channels.
///
/// The windows are never made. For each chunk of the contracted axis, the operand's channels that it takes are copied into a `Box`, where neighbouring positions
/// are neighbours, and a table says where each step of the chunk begins; so a row of B is a load at `table[k] + j`. Columns run through the places of the box
/// from line to line; the few at the end of each line belong to no position: their sums are dropped.
final class ConvolutionKernel {

    /// Columns of one band, roughly: few enough that a box stays in the second-level cache, enough to make up for copying.
    private static final int COLUMNS = 256;
    /// Columns of one band that is packed: so many that packing the weights for it costs little.
    private static final int PANEL = 256;
    /// Rows that make up for packing.
    private static final int PACKING_ROWS = 16;
    /// Columns that make up for packing weights that could be read in place.
    private static final int PACKING_COLUMNS = 64;
    /// Elements of a box, roughly.
    private static final int BOX = 32768;
    /// Rows of one part: what waits of them stays in the second-level cache.
    private static final int ROWS = 128;

    final Draft draft;
    final Nest nest;
    final Target target;
    final Convolved convolved;
    final Convolved.Form roles;
    final ElementType type;
    /// The size of the contracted axis.
    final int steps;
    /// Channels that a chunk takes, at most.
    final int channels;
    /// Rows of a part.
    final int block;
    final Tile tile;
    /// Whether the weights of a row lie one after the other in the order of the contracted axis.
    final boolean isDirect;
    /// Whether the weights of a group of rows are laid side by side first.
    final boolean packsWeights;
    final Box box;
    /// Where enough rows make up for it.
    final Optional<Panel> panel;
    final int columns;
    final Buffer table;
    private final Dim rows;

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

    private ConvolutionKernel(Cluster cluster, Draft.Memory memory, Convolved found, Convolved.Form roles, Target target) {
        draft = new Draft(cluster, memory);
        nest = draft.nest;
        this.target = target;
        this.roles = roles;
        type = cluster.roots().getFirst().type().element();
        int taps = found.taps();
        int all = roles.channel().map(label -> found.size(label).size()).orElse(1);
        steps = all * taps;
        channels = steps <= Labels.CHUNK ? all : Math.min(all, (Labels.CHUNK + taps - 2) / taps + 1);
        rows = roles.rows().map(found::size).orElse(Dim.ONE);
        block = blockFor(rows.isFixed() ? rows.size() : ROWS);
        boolean packs = packs(found);
        convolved = banded(found, packs ? PANEL : COLUMNS);
        isDirect = found.isOneAxisOfWeights(cluster, memory);
        packsWeights = !isDirect || packs && convolved.bandPositions() >= PACKING_COLUMNS;
        tile = packs ? packedTile(target, packsWeights) : tile(target, block);
        box = new Box(draft, convolved.axes(), channels, type, target);
        panel = packs
                ? Optional.of(new Panel(draft, box, convolved.axes(), Math.min(steps, Labels.CHUNK), tile.columns(), target.lanes(), type))
                : Optional.empty();
        columns = panel.map(Panel::columns)
                .orElseGet(() -> roundUp((convolved.axes().getFirst().band() - 1) * box.stride(0) + lineEnd(), tile.columns()));
        table = draft.formals.scratch(ElementType.I32, channels * taps);
    }

    /// A kernel for a convolution, or nothing if the contraction is none.
    static Optional<KernelCall> lower(Cluster cluster, Draft.Memory memory, Target target) {
        return Convolved.of(cluster, memory).flatMap(convolved -> convolved.form().map(roles -> {
            ConvolutionKernel kernel = new ConvolutionKernel(cluster, memory, convolved, roles, target);
            return kernel.draft.finish("convolution", kernel.emit());
        }));
    }

    private boolean packs(Convolved found) {
        return target.lanes() > 1 && block >= PACKING_ROWS && 2 * found.axes().getLast().positions() > target.lanes();
    }

    /// HotSpot loads many operands of a turn first, and a single sum that it has no register for halves the speed: two steps in a turn leave
    /// enough registers where all weights of a step lie side by side, and one does where each is at the end of a row of its own.
    private static Tile packedTile(Target target, boolean packsWeights) {
        return switch (target.lanes()) {
            case 16 -> new Tile(8, 32, 32, 0);
            case 8 -> new Tile(4, 16, 16, 0, packsWeights ? 2 : 1);
            default -> new Tile(4, 16, 16, 0);
        };
    }

    /// How far the next position of an axis is, in columns.
    int stride(int axis) {
        return panel.map(packed -> packed.stride(axis)).orElseGet(() -> box.stride(axis));
    }

    /// Few rows are made up for by more columns: enough sums that do not wait for each other.
    private static Tile tile(Target target, int rows) {
        Tile whole = Tile.of(target);
        return switch (target.lanes()) {
            case 1 -> new Tile(1, 16, 64, 0);
            case 16 -> rows >= 8 ? new Tile(12, 32, 32, 0) : new Tile(Math.min(rows, 6), 64, 64, 0);
            default -> rows >= 4 ? whole : new Tile(rows, 4 * target.lanes(), 4 * target.lanes(), 0);
        };
    }

    /// Cuts the positions of the first axis into bands of equal size.
    private Convolved banded(Convolved found, int most) {
        List<Sliding> axes = found.axes();
        int line = axes.stream().skip(1).mapToInt(Sliding::box).reduce(1, (a, b) -> a * b);
        int wanted = Math.clamp(BOX / channels, Tile.GROUP, roles.rows().isEmpty() ? 8 * most : most);
        return found.banded(Math.ceilDiv(axes.getFirst().positions(), Math.max(1, wanted / line)));
    }

    /// Columns of the last line of a band.
    private int lineEnd() {
        int end = 1;
        for (int axis = 1; axis < convolved.axes().size(); axis++) {
            end += (convolved.axes().get(axis).positions() - 1) * box.stride(axis);
        }
        return end;
    }

    static int roundUp(int size, int unit) {
        return (size + unit - 1) / unit * unit;
    }

    /// As many rows as are worth a box, and leave no rest.
    private static int blockFor(int rows) {
        for (int block = Math.min(ROWS, rows); block >= ROWS / 3; block--) {
            if (rows % block == 0) {
                return block;
            }
        }
        return Math.min(ROWS, rows);
    }

    private Expr emit() {
        Sliding first = convolved.axes().getFirst();
        List<Expr> counts = new ArrayList<>();
        counts.add(Expr.i32(Math.ceilDiv(first.positions(), first.band())));
        counts.add(Expr.i32(Math.ceilDiv(rows.size(), block)));
        roles.around().reversed().forEach(label -> counts.add(nest.size(convolved.size(label))));
        List<Index> indices = Grid.split(nest, counts);
        Map<Integer, Index> around = new HashMap<>();
        for (int i = 0; i < roles.around().size(); i++) {
            around.put(roles.around().reversed().get(i), indices.get(i + 2));
        }
        Index row = indices.get(1).times(block);
        Expr count = rows.size() % block == 0
                ? Expr.i32(block)
                : nest.let("rows", Nest.min(nest.expr(Index.of(rows).minus(row)), Expr.i32(block)));
        Part part = new Part(around, indices.get(0).times(first.band()), row, count);
        ConvolutionTiles tiles = new ConvolutionTiles(this, part);
        new Cuts(nest, steps).section("clear", box::clear);
        chunks(tiles, part);
        tiles.epilogue();
        return Grid.extent(counts);
    }

    private void chunks(ConvolutionTiles tiles, Part part) {
        if (steps <= Labels.CHUNK) {
            chunk(tiles, part, new Chunk(Index.ZERO, Expr.i32(steps), Index.ZERO, Expr.i32(channels), Index.ZERO));
            return;
        }
        tiles.clear();
        int taps = convolved.taps();
        Variable from = nest.open("c", Dim.of(steps), Expr.i32(Math.ceilDiv(steps, Labels.CHUNK)));
        Expr count = nest.let("count", Nest.min(new Binary(BinaryOp.SUBTRACT, Expr.i32(steps), Expr.read(from)), Expr.i32(Labels.CHUNK)));
        Index channel = Movement.variable(nest, "channel", over(Expr.read(from), taps));
        Index lead = Index.of(from).minus(channel.times(taps));
        Expr last = over(Expr.add(Expr.read(from), new Binary(BinaryOp.SUBTRACT, count, Expr.i32(1))), taps);
        Index end = Movement.variable(nest, "last", last).plus(1);
        chunk(tiles, part, new Chunk(Index.of(from), count, channel, nest.let("channels", nest.expr(end.minus(channel))), lead));
        List<Stmt> body = nest.close();
        nest.add(new Stmt.For(from, Expr.i32(0), Expr.i32(steps), Labels.CHUNK, body));
    }

    private static Expr over(Expr value, int divisor) {
        return divisor == 1 ? value : new Binary(BinaryOp.DIVIDE, value, Expr.i32(divisor));
    }

    private void chunk(ConvolutionTiles tiles, Part part, Chunk chunk) {
        Cuts cuts = new Cuts(nest, steps);
        cuts.section("box", () -> box.fill(part.start(), chunk.channels(), (channel, indices) -> source(part, chunk, channel, indices)));
        cuts.section("table", () -> table(chunk));
        panel.ifPresent(packed -> cuts.section("panel", () -> packed.pack(chunk.count(), step -> place(chunk, step))));
        tiles.pack(chunk);
        tiles.rows(chunk);
    }

    /// The element of the operand that windows slide over.
    private Expr source(Part part, Chunk chunk, Index channel, List<Index> indices) {
        List<Index> point = new ArrayList<>();
        for (int label : convolved.labels()) {
            int axis = convolved.axisOf(label);
            point.add(axis >= 0
                    ? indices.get(axis)
                    : roles.channel().filter(own -> own == label).isPresent() ? chunk.channel().plus(channel) : part.around().get(label));
        }
        return draft.elements.at(convolved.source(), point);
    }

    /// Where each step begins in the box: the steps of whole channels.
    private void table(Chunk chunk) {
        overSteps(chunk, (channel, taps, step) -> {
            Index place = channel.times(box.channel());
            for (int axis = 0; axis < taps.size(); axis++) {
                place = place.plus(box.tap(axis, taps.get(axis)));
            }
            nest.store(table, step, nest.expr(place));
        });
    }

    /// Where a step of a chunk begins in the box.
    Index place(Chunk chunk, Index step) {
        return Movement.variable(nest, "place", new Expr.Load(table, nest.expr(chunk.lead().plus(step))));
    }

    interface Step {
        void at(Index channel, List<Index> taps, Index step);
    }

    /// Loops over the channels of a chunk and all taps.
    void overSteps(Chunk chunk, Step body) {
        Variable channel = nest.open("c", Dim.of(channels), chunk.channels());
        overTaps(Index.of(channel), Index.of(channel), new ArrayList<>(), body);
        List<Stmt> statements = nest.close();
        nest.add(new Stmt.For(channel, Expr.i32(0), chunk.channels(), 1, statements));
    }

    private void overTaps(Index channel, Index step, List<Index> taps, Step body) {
        if (taps.size() == convolved.axes().size()) {
            body.at(channel, List.copyOf(taps), step);
            return;
        }
        int count = convolved.axes().get(taps.size()).taps();
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
