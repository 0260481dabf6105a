package nnet.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Training of a task's network, step by step, from the task's start.
interface Training extends AutoCloseable {

    /// A step runs many kernels, and each must have been compiled.
    double WARM_UP_SECONDS = 10;

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

    static Measurement of(Supplier<TrainingTask> task) {
        return (contender, _) -> measure(contender, task.get());
    }

    /// The loss is that after a fixed number of steps from the fixed start: equal work must give equal losses.
    private static Map<String, Double> measure(Contender contender, TrainingTask task) throws Exception {
        return measure(of(contender, task), task.batches(), task.batchSize(), task.checkedSteps());
    }

    /// Measures what has been made, and closes it.
    static Map<String, Double> measure(Training made, int batches, int batchSize, int checkedSteps) {
        try (Training training = made) {
            double before = training.loss(0);
            for (int step = 0; step < checkedSteps; step++) {
                training.step(step % batches);
            }
            double after = training.loss(0);
            int[] next = {0};
            double rate = Timing.perSecond(() -> training.step(next[0]++ % batches), WARM_UP_SECONDS);
            var values = new LinkedHashMap<String, Double>();
            values.put(RATE, rate);
            values.put(EXAMPLES, rate * batchSize);
            values.put(LOSS_BEFORE, before);
            values.put(LOSS_AFTER, after);
            return values;
        }
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
