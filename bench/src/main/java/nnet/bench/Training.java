package nnet.bench;

/// Training of a task's network, step by step, from the task's start.
interface Training extends AutoCloseable {

    /// One step of Adam on a batch of the task's data: forward, backward, update.
    void step(int batch);

    /// The mean loss on a batch, as it is now.
    double loss(int batch);

    @Override
    default void close() {}

    static Training of(Contender contender, TrainingTask task) throws Exception {
        return switch (contender) {
            case NNC -> NncContenders.training(task);
            case LIBTORCH -> new LibtorchTraining(task);
            case PLAIN_JAVA -> new PlainTraining(task);
            case MACHINE, OPENBLAS -> throw new IllegalArgumentException(contender.title);
        };
    }
}
