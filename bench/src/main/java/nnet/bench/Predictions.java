package nnet.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/// Predictions one after the other, each with its own look at the clock.
final class Predictions implements Work {
    /// The last so many calls are remembered.
    private static final int MOST_CALLS = 1 << 20;

    private final Inference inference;
    private final float[][] inputs;
    private final float[] outputs;
    private final int examples;
    private final OptionalDouble operations;
    private final int[] nanoseconds = new int[MOST_CALLS];
    private int calls;

    /// @param inputs     what is predicted in turn
    /// @param outputs    room for an answer
    /// @param examples   of one call
    /// @param operations of one call, where they are worth telling
    Predictions(Inference inference, float[][] inputs, float[] outputs, int examples, OptionalDouble operations) {
        this.inference = inference;
        this.inputs = inputs;
        this.outputs = outputs;
        this.examples = examples;
        this.operations = operations;
    }

    Predictions(Inference inference, float[][] inputs, float[] outputs, int examples) {
        this(inference, inputs, outputs, examples, OptionalDouble.empty());
    }

    @Override
    public Map<String, Double> turn(double seconds) throws Exception {
        // The first call of a turn finds cold caches.
        inference.predict(inputs[0], outputs);
        int from = calls;
        long end = System.nanoTime() + (long) (seconds * 1e9);
        for (long now = System.nanoTime(); now < end; calls++) {
            inference.predict(inputs[calls % inputs.length], outputs);
            long then = System.nanoTime();
            nanoseconds[calls % MOST_CALLS] = (int) (then - now);
            now = then;
        }
        double median = quantile(Math.max(from, calls - MOST_CALLS), 0.5);
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(Inference.MEDIAN, median);
        values.put(Training.EXAMPLES, examples * 1e6 / median);
        operations.ifPresent(count -> values.put(GIGAFLOPS, count * 1e-3 / median));
        return values;
    }

    /// The slowest calls are those of all turns: one of large networks has few.
    @Override
    public Map<String, Double> facts() throws Exception {
        double tail = quantile(Math.max(0, calls - MOST_CALLS), 0.99);
        inference.predict(inputs[0], outputs);
        return Map.of(Inference.TAIL, tail, Inference.ANSWER, InferenceTask.digest(outputs));
    }

    /// Microseconds.
    private double quantile(int from, double share) {
        int[] sorted = new int[calls - from];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = nanoseconds[(from + i) % MOST_CALLS];
        }
        Arrays.sort(sorted);
        return sorted[(int) (sorted.length * share)] * 1e-3;
    }

    @Override
    public void close() throws IOException {
        inference.close();
    }
}
