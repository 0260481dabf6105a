package nnet.compiler.lower;

import java.util.stream.IntStream;
import nnet.compiler.schedule.Target;
import nnet.compiler.schedule.Tile;
import nnet.compiler.tensor.Panels;
import nnet.compiler.type.Dim;

/// How a contraction is cut: into blocks of rows and panels of columns for threads, and these into register tiles.
///
/// @param tile  of many rows
/// @param block rows for one iteration of the parallel loop, at most
record ContractionPlan(Roles roles, Target target, Tile tile, int block) {

    /// Fewer rows than this do not pay for packing B.
    static final int FEW_ROWS = 8;

    /// Columns for one iteration where few rows meet panels, at most: what is to be known of a row is found out but once for all of them.
    private static final int WIDE = 256;
    /// Vectors of sums of one row, at most: a body of twice as many products is more than HotSpot inlines.
    private static final int MOST_SUMS = 16;
    /// Parts of a matrix that are enough for threads to take them as they come.
    private static final int MANY_PARTS = 4;

    /// @param isOfData whether A is an input of the network: it is not packed where it is mostly zeros
    static ContractionPlan of(Roles roles, Target target, boolean isOfData) {
        Dim columns = roles.size(roles.columns());
        Dim rows = roles.size(roles.rows());
        Tile tile = columns.isFixed() ? Tile.of(target).forColumns(columns.size()) : Tile.of(target);
        ContractionPlan narrow = new ContractionPlan(roles, target, tile, rows.isFixed() ? tile.blockFor(rows.size()) : tile.block());
        ContractionPlan wide = new ContractionPlan(roles, target, tile.ofWidePanels(), narrow.block);
        return wide.packsA() && !isOfData && wide.hasManyParts() ? wide : narrow;
    }

    /// Whether A is packed where B is: its rows lie side by side, as those of a weight gradient do, and a tile would jump from step to step.
    boolean packsA() {
        return target.lanes() > 1 && roles.aByRow() && !roles.aByStep() && block >= 2 * Tile.GROUP;
    }

    /// Whether enough is left to share among threads.
    private boolean hasManyParts() {
        Dim rows = roles.size(roles.rows());
        Dim columns = roles.size(roles.columns());
        return rows.isFixed() && columns.isFixed() && (rows.size() / block) * (columns.size() / tile.panel()) >= MANY_PARTS;
    }

    /// Columns for one iteration of few rows that meet panels: as many for all iterations, if they come out even, since of a known number of panels several run side by
    /// side.
    int wide() {
        int columns = roles.size(roles.columns()).size();
        return IntStream.iterate(WIDE, width -> width > WIDE / 2, width -> width - Panels.WIDTH).filter(width -> columns % width == 0)
                .findFirst().orElse(WIDE);
    }

    /// The tile of one row that meets panels: as many sums as have room in registers, beside the element of the row and operands on their way.
    Tile ofFewRows() {
        return new Tile(1, panelsAtOnce(3) * Panels.WIDTH, wide(), FEW_ROWS);
    }

    /// Panels side by side for one row, as many each time.
    ///
    /// @param spare registers that are wanted for something else than sums
    int panelsAtOnce(int spare) {
        int vectors = Panels.WIDTH / target.lanes();
        int most = Math.clamp(Math.min(MOST_SUMS, target.registers() - spare) / vectors, 1, WIDE / Panels.WIDTH);
        int panels = Math.ceilDiv(Math.min(roles.size(roles.columns()).size(), wide()), Panels.WIDTH);
        int times = (panels + most - 1) / most;
        return (panels + times - 1) / times;
    }
}
