package nnet.compiler.lower;

/// How a block of a contraction is computed, chunk after chunk.
sealed interface ContractionForm permits Tiles, SparseRows {

    /// What is copied or found out before the sums of a chunk.
    void prepare(Chunk chunk);

    /// All sums of a chunk.
    ///
    /// @param finish whether they go through the epilogue at once; else they wait
    void rows(Chunk chunk, boolean finish);

    /// Whether a register tile is one row of many columns, so that what its epilogue reads lies side by side.
    boolean goesByRow();

    /// The epilogue over the whole block, where it does not run in registers.
    void epilogue();
}
