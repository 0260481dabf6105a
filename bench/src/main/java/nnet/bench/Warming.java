package nnet.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// How long a process that begins to train takes until it is as fast as it gets: kernels start in the scalar form, and HotSpot compiles while they run.
final class Warming {
    static final String FIRST_STEP = "to the first step";
    static final String FULL_SPEED = "to 90% of full speed";

    private static final double SECONDS = 12;
    private static final double LAST_SECONDS = 3;
    private static final double WINDOW_SECONDS = 0.1;
    private static final double SHARE = 0.9;
    private static final int MOST_STEPS = 1_000_000;

    private Warming() {}

    /// Seconds since the start of this JVM.
    static Map<String, Double> measure(Contender contender) throws Exception {
        System.clearProperty("nnet.tiering");
        TrainingTask task = TrainingTask.mlp();
        double[] ends = new double[MOST_STEPS];
        int count = 0;
        double before = Duration.between(ProcessHandle.current().info().startInstant().orElseThrow(), Instant.now()).toNanos() * 1e-9;
        long start = System.nanoTime();
        try (Training training = Training.of(contender, task)) {
            do {
                training.step(count % task.batches());
                ends[count++] = (System.nanoTime() - start) * 1e-9;
            } while (ends[count - 1] - ends[0] < SECONDS && count < MOST_STEPS);
        }
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(FIRST_STEP, before + ends[0]);
        values.put(FULL_SPEED, before + fullSpeed(ends, count));
        return values;
    }

    /// The end of the first window of time that has enough steps in it.
    private static double fullSpeed(double[] ends, int count) {
        int late = count - 1;
        while (late > 0 && ends[late] > ends[count - 1] - LAST_SECONDS) {
            late--;
        }
        double rate = (count - 1 - late) / (ends[count - 1] - ends[late]);
        int from = 0;
        for (int i = 0; i < count; i++) {
            while (ends[i] - ends[from] > WINDOW_SECONDS) {
                from++;
            }
            if (i - from >= SHARE * rate * WINDOW_SECONDS) {
                return ends[i];
            }
        }
        return ends[count - 1];
    }
}
