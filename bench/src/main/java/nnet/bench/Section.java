package nnet.bench;

/// A table of the report, to which each of its workloads adds rows.
enum Section {
    PRODUCTS, CONVOLUTIONS, TRAINING, INFERENCE, MEMORY, COMPILE, START;

    /// Compiling is done on one thread, and what is started chooses for itself.
    boolean usesThreads() {
        return this != MEMORY && this != COMPILE && this != START;
    }
}
