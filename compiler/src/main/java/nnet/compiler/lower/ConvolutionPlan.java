package nnet.compiler.lower;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import nnet.compiler.fuse.Cluster;
import nnet.compiler.schedule.Target;
import nnet.compiler.schedule.Tile;
import nnet.compiler.tensor.Panels;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;

/// How a convolution is cut for a kind of machine: the numbers that its loops are made of.
///
/// @param convolved its first axis cut into bands
/// @param form      what the other labels are
/// @param steps     the size of the contracted axis
/// @param channels  that a chunk takes, at most
/// @param rows      of all: output channels
/// @param block     rows of a part
/// @param settled   the weights in panels, where they have been laid out before
/// @param isPacked  whether what the steps multiply by is packed, in a `Panel`
/// @param weights   where register tiles read the weights
/// @param strides   of the operand along the axes where a panel is packed straight from it, since each element is looked at once; nothing where there is a box between
record ConvolutionPlan(Target target, ElementType type, Convolved convolved, Convolved.Form form, int steps, int channels, Dim rows, int block,
        Optional<Value> settled, boolean isPacked, Weights weights, List<Integer> strides, Tile tile) {

    /// Where register tiles read the weights.
    enum Weights {
        /// In groups of rows, as program `settle` has laid them out.
        SETTLED,
        /// In groups of `Tile.GROUP` rows, packed by each part for itself.
        PACKED,
        /// Where they lie, row by row.
        IN_PLACE
    }

    /// Columns of one band, roughly: few enough that a box stays in the second-level cache, enough to make up for copying.
    private static final int COLUMNS = 256;
    /// Rows that make up for packing.
    private static final int PACKING_ROWS = 16;
    /// Columns that make up for packing weights that could be read in place.
    private static final int PACKING_COLUMNS = 64;
    /// Steps that are few.
    private static final int THIN = 128;
    /// Elements of a box, roughly.
    private static final int BOX = 32768;
    /// Rows of one part: what waits of them stays in the second-level cache.
    private static final int ROWS = 128;

    static ConvolutionPlan of(Cluster cluster, Draft.Memory memory, Convolved found, Convolved.Form form, Target target) {
        int taps = found.taps();
        int all = form.channel().map(label -> found.size(label).size()).orElse(1);
        int steps = all * taps;
        int channels = steps <= Labels.CHUNK ? all : Math.min(all, (Labels.CHUNK + taps - 2) / taps + 1);
        Optional<Value> settled = Panels.of(memory.definitions()::get, found.other()).filter(memory.homes()::containsKey);
        Dim rows = form.rows().map(found::size).orElse(Dim.ONE);
        int group = settled.map(panels -> panels.shape().dim(2).size()).orElse(1);
        int block = group == Panels.FEW ? blockOf(rows.size(), group) : blockFor(rows.isFixed() ? rows.size() : ROWS, group);
        List<Integer> strides = target.lanes() > 1 && block >= PACKING_ROWS ? strides(cluster, memory, found) : List.of();
        boolean isStraight = !strides.isEmpty();
        boolean isPacked = target.lanes() > 1 && (settled.isPresent()
                || block >= PACKING_ROWS && 2 * found.axes().getLast().positions() > target.lanes());
        int most = isStraight ? COLUMNS : Math.clamp(BOX / channels, Tile.GROUP, form.rows().isEmpty() ? 8 * COLUMNS : COLUMNS);
        Convolved banded = isStraight ? inEqualBands(found, most) : inBands(found, most);
        boolean isDirect = found.isOneAxisOfWeights(cluster, memory);
        Weights weights = settled.isPresent()
                ? Weights.SETTLED
                : !isDirect || isPacked && banded.bandPositions() >= PACKING_COLUMNS ? Weights.PACKED : Weights.IN_PLACE;
        Tile tile = isPacked ? packedTile(target, weights) : tile(target, block, weights != Weights.IN_PLACE);
        return new ConvolutionPlan(target, cluster.roots().getFirst().type().element(), banded, form, steps, channels, rows, block, settled,
                isPacked, weights, strides, tile);
    }

    /// As many rows as are worth a box, and leave no rest.
    private static int blockFor(int rows, int unit) {
        int most = Math.min(ROWS, rows);
        return IntStream.iterate(most, block -> block >= ROWS / 3, block -> block - 1)
                .filter(block -> rows % block == 0 && (block == rows || block % unit == 0)).findFirst().orElse(most);
    }

    /// Equal blocks of whole groups, the last of which may be smaller.
    private static int blockOf(int rows, int group) {
        int blocks = Math.ceilDiv(rows, ROWS);
        return blocks == 1 ? rows : Cuts.roundUp(Math.ceilDiv(rows, blocks), group);
    }

    /// The strides of the operand, if its elements lie side by side along the last axis, or every second one, and bands without a rest are long enough.
    private static List<Integer> strides(Cluster cluster, Draft.Memory memory, Convolved found) {
        Roles.Probe probe = Roles.Probe.of(cluster, memory, found.equation(), found.side());
        boolean fits = found.axes().stream().noneMatch(Sliding::isWindow) && probe.uses().size() == 1
                && 2 * inEqualBands(found, COLUMNS).bandPositions() >= inBands(found, COLUMNS).bandPositions();
        if (!fits) {
            return List.of();
        }
        List<Optional<Dim>> strides = found.axes().stream().map(Sliding::position).map(found.resultLabels()::indexOf).map(probe.axes()::get)
                .map(probe.uses().getFirst()::coefficient).map(Index::asDim).toList();
        boolean isFixed = strides.stream().allMatch(stride -> stride.isPresent() && stride.get().isFixed());
        return isFixed && strides.getLast().orElseThrow().size() <= 2 ? strides.stream().map(stride -> stride.orElseThrow().size()).toList() : List.of();
    }

    /// The positions of the first axis in bands of equal size, the last of which may reach beyond the end.
    private static Convolved inBands(Convolved found, int most) {
        return found.banded(Math.ceilDiv(found.axes().getFirst().positions(), linesFor(found, most)));
    }

    /// The same, but none reaches beyond the end.
    private static Convolved inEqualBands(Convolved found, int most) {
        int lines = found.axes().getFirst().positions();
        int band = linesFor(found, most);
        while (lines % band != 0) {
            band--;
        }
        return found.banded(lines / band);
    }

    private static int linesFor(Convolved found, int most) {
        List<Sliding> axes = found.axes();
        int line = axes.stream().skip(1).mapToInt(Sliding::box).reduce(1, (a, b) -> a * b);
        return Math.clamp(most / line, 1, axes.getFirst().positions());
    }

    /// HotSpot loads many operands of a turn first, and a single sum that it has no register for halves the speed. Six rows leave no more registers than one step needs, if
    /// all counts are known; but they have enough sums that do not wait for each other for a lost moment not to matter. With four rows, two steps in a turn make up for
    /// the arithmetic of the loop where all weights of a step lie side by side.
    private static Tile packedTile(Target target, Weights weights) {
        boolean isSettled = weights == Weights.SETTLED;
        return switch (target.lanes()) {
            case 16 -> isSettled ? new Tile(6, 64, 64, 0) : new Tile(8, 32, 32, 0);
            case 8 -> isSettled ? new Tile(6, 16, 16, 0) : new Tile(4, 16, 16, 0, weights == Weights.PACKED ? 2 : 1);
            default -> new Tile(isSettled ? 6 : 4, 16, 16, 0);
        };
    }

    /// Few rows are made up for by more columns: enough sums that do not wait for each other.
    private static Tile tile(Target target, int rows, boolean isGrouped) {
        Tile whole = Tile.of(target);
        if (target.lanes() == 8 && isGrouped && (rows == 5 || rows == 6)) {
            // Weights side by side leave registers enough for all rows at once; four and two take a fifth longer.
            return new Tile(rows, 16, 16, 0);
        }
        return switch (target.lanes()) {
            case 1 -> new Tile(1, 16, 64, 0);
            case 16 -> rows >= 8 ? new Tile(12, 32, 32, 0) : new Tile(Math.min(rows, 6), 64, 64, 0);
            default -> rows >= 4 ? whole : new Tile(rows, 4 * target.lanes(), 4 * target.lanes(), 0);
        };
    }

    /// Rows of a group of weights.
    int group() {
        return settled.map(panels -> panels.shape().dim(2).size()).orElse(Tile.GROUP);
    }

    /// Whether there are so few steps that memory counts as much as arithmetic. Then a few lines of the result after the other are written from end to end, straight from
    /// registers, while the panel, which is as small, stays in the second-level cache.
    boolean isThin() {
        return steps <= THIN;
    }

    /// Rows of a register tile that reads positions in place: of wide vectors, HotSpot spills more than four where weights lie in groups.
    int tileRows() {
        return target.lanes() == 16 && weights != Weights.IN_PLACE ? tile.rows(false) : tile.rows();
    }

    boolean isScalar() {
        return target.lanes() == 1;
    }

    /// Whether one chunk is all.
    boolean isOneChunk() {
        return steps <= Labels.CHUNK;
    }

    /// Steps of all channels that a chunk takes, with those that belong to its neighbours.
    int chunkSteps() {
        return channels * convolved.taps();
    }
}
