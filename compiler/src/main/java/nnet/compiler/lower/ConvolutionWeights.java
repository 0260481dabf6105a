package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Literal;
import nnet.compiler.lower.ConvolutionKernel.Chunk;
import nnet.compiler.lower.ConvolutionKernel.Part;
import nnet.compiler.schedule.Tile;

/// The weights of a convolution, as register tiles read them: as program `settle` has laid them out, packed for a block of rows, or where they lie.
final class ConvolutionWeights {

    private final ConvolutionKernel kernel;
    private final ConvolutionPlan plan;
    private final Nest nest;
    private final Part part;
    private final Optional<Place> settled;
    private final Optional<Buffer> packed;

    ConvolutionWeights(ConvolutionKernel kernel, Part part) {
        this.kernel = kernel;
        this.part = part;
        plan = kernel.plan;
        nest = kernel.nest;
        settled = plan.settled().map(kernel.draft::source);
        packed = plan.weights() == ConvolutionPlan.Weights.PACKED
                ? Optional.of(kernel.draft.formals.scratch(plan.type(), plan.chunkSteps() * Cuts.roundUp(plan.block(), Tile.GROUP)))
                : Optional.empty();
    }

    /// Whether the weights of a group of rows lie side by side, step after step.
    boolean isGrouped() {
        return plan.weights() != ConvolutionPlan.Weights.IN_PLACE;
    }

    /// For each group of `Tile.GROUP` rows of weights, their steps one after the other.
    void pack(Chunk chunk) {
        Cuts overSteps = new Cuts(nest, Math.min(plan.steps(), Labels.CHUNK));
        Cuts overRows = new Cuts(nest, plan.block());
        packed.ifPresent(buffer -> overRows.section("pack_a", () -> overRows.groups(part.rows(), Tile.GROUP, (group, count) -> {
            Index start = group.times(plan.chunkSteps());
            if (kernel.isDirect) {
                overSteps.each("k", chunk.count(), k -> eachRow(overRows, count, i -> nest.store(buffer,
                        start.plus(chunk.lead().plus(k).times(Tile.GROUP)).plus(i), direct(group.plus(i), chunk.from().plus(k)))));
            } else {
                kernel.overSteps(chunk, (channel, taps, step) -> eachRow(overRows, count, i -> nest.store(buffer,
                        start.plus(step.times(Tile.GROUP)).plus(i), weight(group.plus(i), chunk.channel().plus(channel), taps))));
            }
        })));
    }

    /// The rows of a group, without a loop if they are known.
    private static void eachRow(Cuts overRows, Expr count, Consumer<Index> body) {
        if (count instanceof Literal(var _, double known)) {
            IntStream.range(0, (int) known).mapToObj(Index::of).forEach(body);
        } else {
            overRows.each("i", count, body);
        }
    }

    /// The weight of a row at a step of a chunk.
    ///
    /// @param group the first row of a group of `Tile.GROUP`, 0 where there are none
    /// @param row   counted from there; of narrower groups the first
    /// @param next  how many rows behind
    Expr at(Chunk chunk, Index group, Index row, int next, Index k) {
        int width = plan.group();
        return settled.isPresent() && width < Tile.GROUP
                ? settled(chunk, group.plus(row).plus(next / width * width), Index.of(next % width), k)
                : at(chunk, group, row.plus(next), k);
    }

    private Expr at(Chunk chunk, Index group, Index row, Index k) {
        if (settled.isPresent()) {
            return settled(chunk, group, row, k);
        }
        return packed.map(buffer -> load(buffer, group.times(plan.chunkSteps()).plus(chunk.lead().plus(k).times(Tile.GROUP)).plus(row)))
                .orElseGet(() -> direct(group.plus(row), chunk.from().plus(k)));
    }

    /// The weight of a row that may be any row of its group.
    Expr at(Chunk chunk, Index row, Index k) {
        if (!isGrouped()) {
            return at(chunk, Index.ZERO, row, k);
        }
        Index in = Movement.variable(nest, "row", new Expr.Binary(Expr.BinaryOp.REMAINDER, nest.expr(row), Expr.i32(plan.group())));
        return at(chunk, row.minus(in), in, k);
    }

    /// @param group the first row of a group
    /// @param row   counted from there
    private Expr settled(Chunk chunk, Index group, Index row, Index k) {
        Index start = part.row().plus(group).times(plan.settled().orElseThrow().shape().dim(1));
        return load(settled.orElseThrow().buffer(), start.plus(chunk.from().plus(k).times(plan.group())).plus(row));
    }

    private Expr load(Buffer buffer, Index index) {
        return nest.let("x", new Expr.Load(buffer, nest.expr(index)));
    }

    private Expr weight(Index row, Index channel, List<Index> taps) {
        Map<Integer, Index> point = new HashMap<>(part.around());
        plan.form().rows().ifPresent(label -> point.put(label, part.row().plus(row)));
        plan.form().channel().ifPresent(label -> point.put(label, channel));
        for (int axis = 0; axis < taps.size(); axis++) {
            point.put(plan.convolved().axes().get(axis).tap(), taps.get(axis));
        }
        return kernel.draft.elements.at(plan.convolved().other(), plan.convolved().otherLabels().stream().map(point::get).toList());
    }

    /// The weight at a step of the whole contracted axis, where the weights of a row lie in its order: all labels but the last stay at 0.
    private Expr direct(Index row, Index step) {
        List<Sliding> axes = plan.convolved().axes();
        int last = axes.size() - 1;
        while (last >= 0 && axes.get(last).taps() == 1) {
            last--;
        }
        List<Index> taps = new ArrayList<>();
        for (int axis = 0; axis < axes.size(); axis++) {
            taps.add(axis == last ? step : Index.ZERO);
        }
        return weight(row, last < 0 ? step : Index.ZERO, taps);
    }
}
