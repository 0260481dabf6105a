package nnet.bench;

import java.util.function.Supplier;

/// Training of a task's network, step by step, from the task's start.
interface Training extends AutoCloseable {

    String RATE = "steps/s";
    String EXAMPLES = "examples/s";
    String LOSS_BEFORE = "loss before";
    String LOSS_AFTER = "loss after";

    /// One step of Adam on a batch of the task's data: forward, backward, update.
    void step(int batch);

    /// The mean loss on a batch, as it is now.
    double loss(int batch);

    @Override
    default void close() {}

    static Measurement of(Supplier<TrainingTask> supplier) {
        return Measurement.of(Pace.TRAINING, (contender, _, _) -> {
            TrainingTask task = supplier.get();
            return new Steps(of(contender, task), task.batches(), task.batchSize(), task.checkedSteps());
        });
    }

    static Training of(Contender contender, TrainingTask task) throws Exception {
        return switch (contender) {
            case NNC -> NncContenders.training(task);
            case LIBTORCH -> new LibtorchTraining(task);
            case PLAIN_JAVA -> new PlainTraining(task);
            case MACHINE, OPENBLAS, ONNX_RUNTIME -> throw new IllegalArgumentException(contender.title);
        };
    }
}
