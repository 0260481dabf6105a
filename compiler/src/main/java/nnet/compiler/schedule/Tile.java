package nnet.compiler.schedule;

/// How a contraction is cut for a kind of machine.
///
/// A register tile of `rows` x `columns` sums stays in registers over a whole chunk of the contracted axis: each step loads a row of `columns` elements of B
/// and multiplies it with one element of A for each row. The panel is what a packed B holds: it stays in the second-level cache while all rows pass by.
///
/// @param rows    rows of the register tile
/// @param columns columns of the register tile
/// @param panel   columns of a panel, a multiple of `columns`
/// @param block   rows for one iteration of the parallel loop, at most: enough to make up for packing the panel again
public record Tile(int rows, int columns, int panel, int block) {

    /// Rows of a packed A lie in groups of this many: a multiple of every vector width.
    public static final int GROUP = 16;

    public static Tile of(Target target) {
        return switch (target.lanes()) {
            // HotSpot's own vectorisation wants long rows.
            case 1 -> new Tile(1, 64, 64, 128);
            // 4 x 2 vectors: eight independent chains fill two units of latency four, and leave registers to HotSpot's scheduler. 6 x 2 needs 15 of the
            // 16 registers: measured, every other form of it spilled and ran at half the speed.
            case 8 -> new Tile(4, 16, 64, 128);
            // 4 x 4 vectors: sixteen chains fill four units of latency four.
            case 4 -> new Tile(4, 16, 64, 128);
            // 6 x 4 vectors, with room for a row of B and an element of A: ten loads for 24 products.
            default -> new Tile(6, 64, 64, 128);
        };
    }

    /// The block for a number of rows: the largest that leaves no rest, if there is one that is not small.
    public int blockFor(int count) {
        if (count <= block) {
            return count;
        }
        for (int size = block; size >= block / 2; size -= GROUP) {
            if (count % size == 0) {
                return size;
            }
        }
        return block;
    }
}
