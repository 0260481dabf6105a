package nnet.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import nnet.runtime.Trainer;
import nnet.trainer.data.Dataset;
import nnet.trainer.data.Values;

/// Unpacks the examples of the next step while the trainer computes this one. What is unpacked depends on data, order and step alone, so it does not matter who does it
/// when.
final class Feeder implements AutoCloseable {

    /// Numbers in a batch from which on another thread is worth its waking.
    private static final int WORTH_A_THREAD = 1 << 14;

    private final Trainer trainer;
    private final int batch;
    private final boolean isAhead;
    private final ExecutorService worker = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "nnc-examples");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Object> arrays = new ArrayList<>();
    private List<Dataset.Column> columns = List.of();
    private int[][] batches = new int[0][];
    private Future<Integer> next;

    /// @param data any data for the same ports as those that come
    Feeder(Trainer trainer, Dataset data, int batch) {
        this.trainer = trainer;
        this.batch = batch;
        isAhead = (long) batch * data.values().stream().mapToInt(values -> values.port().size()).sum() >= WORTH_A_THREAD;
        for (Values values : data.values()) {
            int size = Math.multiplyExact(batch, values.port().size());
            arrays.add(switch (values) {
                case Values.Real _ -> new float[size];
                case Values.Whole _ -> new int[size];
            });
        }
    }

    /// From now on examples of these columns in these batches, from the step with this number on.
    void begin(List<Dataset.Column> ofEpoch, int[][] inBatches, int step) {
        columns = ofEpoch;
        batches = inBatches;
        prepare(step);
    }

    private void prepare(int step) {
        if (isAhead) {
            next = worker.submit(() -> gather(step));
        }
    }

    /// Gives the trainer the examples of a step, and has those of the next unpacked.
    ///
    /// @return how many
    int feed(int step) {
        int count = isAhead ? await() : gather(step);
        for (int i = 0; i < arrays.size(); i++) {
            String name = columns.get(i).port().name();
            int size = count * columns.get(i).port().size();
            switch (arrays.get(i)) {
                case float[] reals -> System.arraycopy(reals, 0, trainer.floats(name, batch), 0, size);
                case int[] wholes -> System.arraycopy(wholes, 0, trainer.ints(name, batch), 0, size);
                default -> throw new IllegalStateException("neither reals nor whole numbers");
            }
        }
        if (step + 1 < batches.length) {
            prepare(step + 1);
        }
        return count;
    }

    private int await() {
        try {
            return next.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while examples were unpacked", interrupted);
        } catch (ExecutionException problem) {
            throw problem.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(problem.getCause());
        }
    }

    private int gather(int step) {
        int[] examples = batches[step];
        for (int i = 0; i < arrays.size(); i++) {
            switch (arrays.get(i)) {
                case float[] reals -> columns.get(i).gather(examples, 0, examples.length, reals);
                case int[] wholes -> columns.get(i).gather(examples, 0, examples.length, wholes);
                default -> throw new IllegalStateException("neither reals nor whole numbers");
            }
        }
        return examples.length;
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
