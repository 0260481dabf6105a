package nnet.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// Predictions of a network, a batch at a time, from an array of Java to an array of Java.
interface Inference extends AutoCloseable {
    String MEDIAN = "p50";
    String TAIL = "p99";
    String ANSWER = "answer";
    String RATE = "GFLOP/s";

    double WARM_UP_SECONDS = 4;
    double SECONDS = 2;
    int MOST_CALLS = 200_000;

    /// @param input   the rows of the batch
    /// @param outputs receives the rows of the answer
    void predict(float[] input, float[] outputs) throws Exception;

    @Override
    default void close() throws IOException {}

    static Measurement of(Supplier<InferenceTask> task) {
        return (contender, threads) -> measure(contender, threads, task.get());
    }

    static Inference of(Contender contender, int threads, InferenceTask task) throws Exception {
        return switch (contender) {
            case NNC -> NncContenders.inference(task);
            case ONNX_RUNTIME -> new OnnxInference(task, threads);
            case LIBTORCH -> new LibtorchInference(task);
            case MACHINE, OPENBLAS, PLAIN_JAVA -> throw new IllegalArgumentException(contender.title);
        };
    }

    private static Map<String, Double> measure(Contender contender, int threads, InferenceTask task) throws Exception {
        try (Inference inference = of(contender, threads, task)) {
            float[] outputs = new float[task.batch() * task.outputs()];
            Map<String, Double> values = measure(inference, task.rows(), outputs, WARM_UP_SECONDS);
            values.put(Training.EXAMPLES, task.batch() * 1e6 / values.get(MEDIAN));
            inference.predict(task.rows()[0], outputs);
            values.put(ANSWER, InferenceTask.digest(outputs));
            return values;
        }
    }

    /// Microseconds of single calls, each with its own look at the clock.
    ///
    /// @param inputs what is predicted in turn
    static Map<String, Double> measure(Inference inference, float[][] inputs, float[] outputs, double warmUpSeconds) throws Exception {
        long[] nanoseconds = new long[MOST_CALLS];
        calls(inference, inputs, outputs, warmUpSeconds, nanoseconds);
        int count = calls(inference, inputs, outputs, SECONDS, nanoseconds);
        Arrays.sort(nanoseconds, 0, count);
        var values = new LinkedHashMap<String, Double>();
        values.put(MEDIAN, nanoseconds[count / 2] * 1e-3);
        values.put(TAIL, nanoseconds[(int) (count * 0.99)] * 1e-3);
        return values;
    }

    private static int calls(Inference inference, float[][] inputs, float[] outputs, double seconds, long[] nanoseconds) throws Exception {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        int count = 0;
        for (long now = System.nanoTime(); now < end; count++) {
            inference.predict(inputs[count % inputs.length], outputs);
            long then = System.nanoTime();
            nanoseconds[count % nanoseconds.length] = then - now;
            now = then;
        }
        return Math.min(count, nanoseconds.length);
    }
}
