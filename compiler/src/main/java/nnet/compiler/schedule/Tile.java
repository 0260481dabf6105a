package nnet.compiler.schedule;

import java.util.stream.Stream;

/// How a contraction is cut for a kind of machine.
///
/// A register tile of `rows` x `columns` sums stays in registers over a whole chunk of the contracted axis: each step loads a row of `columns` elements of B
/// and multiplies it with one element of A for each row. The panel is what a packed B holds: it stays in the second-level cache while all rows pass by.
///
/// @param rows    rows of the register tile
/// @param columns columns of the register tile
/// @param panel   columns of a panel, a multiple of `columns`
/// @param block   rows for one iteration of the parallel loop, at most: enough to make up for packing the panel again
/// @param steps   steps of the contracted axis in one turn of the loop over it
public record Tile(int rows, int columns, int panel, int block, int steps) {

    /// Rows of a packed A lie in groups of this many: a multiple of every vector width.
    public static final int GROUP = 16;

    /// Rows of a packed A that lie side by side: whole vectors, which are copied at once, and not more, so that what a tile reads of them stays in the nearest cache.
    public static int rowsSideBySide(Target target) {
        return Math.max(target.lanes(), 8);
    }

    /// Rows of a tile whose elements of A do not lie next to each other along the contracted axis. HotSpot unrolls such a loop, and spills six rows of
    /// sums: measured, half the speed of four.
    private static final int STRIDED_ROWS = 4;

    /// Columns of any tile, at least: the width of vector loops, whatever the machine.
    private static final int NARROWEST = 16;

    /// Columns of any tile, at most: what buffers have behind their end.
    private static final int WIDEST = 64;

    /// A tile that takes one step at a time.
    public Tile(int rows, int columns, int panel, int block) {
        this(rows, columns, panel, block, 1);
    }

    public static Tile of(Target target) {
        return switch (target.lanes()) {
            // HotSpot's own vectorisation wants long rows.
            case 1 -> new Tile(1, 64, 64, 192);
            // 4 x 2 of 16 vectors: eight chains fill two units of latency four. With more sums, or more steps in one turn of the loop, HotSpot loads the operands of all of
            // them first, and spills: one spilled sum waits for memory in each step, which halves the speed.
            case 8 -> new Tile(4, 16, 64, 192);
            // 4 x 4 vectors: sixteen chains fill four units of latency four.
            case 4 -> new Tile(4, 16, 64, 192);
            // 6 x 4 of 32 vectors: ten loads for 24 products.
            default -> new Tile(6, 64, 64, 192);
        };
    }

    /// The tile for a matrix of so few columns: where they are one vector, twice the rows keep as many chains.
    public Tile forColumns(int count) {
        return columns == 4 * count && count >= NARROWEST ? new Tile(2 * rows, count, panel, block, steps) : this;
    }

    /// The same with panels of twice the columns: where A is packed as well, that is done once for each panel.
    public Tile ofWidePanels() {
        return new Tile(rows, columns, 2 * panel, block, steps);
    }

    /// Rows of the register tile, by whether the elements of A lie next to each other along the contracted axis.
    public int rows(boolean contiguous) {
        return contiguous ? rows : Math.min(rows, STRIDED_ROWS);
    }

    /// The columns of a register tile of fewer rows: as many sums in all, so that as many do not wait for each other.
    public int columnsFor(int few) {
        int width = columns;
        while (2 * width * few <= rows * columns && 2 * width <= WIDEST) {
            width *= 2;
        }
        return width;
    }

    /// The block for a number of rows: the largest that leaves no rest, neither of blocks nor of tiles, if there is one that is not small.
    public int blockFor(int count) {
        if (count <= block) {
            return count;
        }
        return sizes().filter(size -> count % size == 0 && size % rows == 0).findFirst()
                .or(() -> sizes().filter(size -> count % size == 0).findFirst()).orElse(block);
    }

    private Stream<Integer> sizes() {
        return Stream.iterate(block, size -> size >= block / 2, size -> size - GROUP);
    }
}
