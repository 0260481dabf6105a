package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.fuse.Cluster;
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

/// The gradient of a convolution by its weights: a contraction over all positions of all examples. Its rows are (channel, taps), its columns output channels.
///
/// For each chunk of positions the lines of the operand that they see are copied, with what is around them, into scratch (`Lines`); a table says where each
/// row begins, another one where each position of a line does, so that an element of A is a load at `rows[i] + positions[k]`. The cotangent is packed: the columns of a
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
        panel = Cuts.roundUp(Math.min(parts > 1 ? outer : Math.ceilDiv(outer, 2), PANEL), tile.columns());
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

    static Expr over(Expr value, int divisor) {
        return divisor == 1 ? value : new Binary(BinaryOp.DIVIDE, value, Expr.i32(divisor));
    }

    /// The example and the position along each axis but the last, of a line.
    List<Index> position(Index line) {
        List<Dim> dims = new ArrayList<>();
        dims.add(form.batch().map(convolved::size).orElse(Dim.ONE));
        convolved.axes().subList(0, convolved.axes().size() - 1).forEach(axis -> dims.add(Dim.of(axis.positions())));
        return Movement.split(nest, line, dims);
    }

    Expr source(Part part, Index example, Index channel, List<Index> indices) {
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
