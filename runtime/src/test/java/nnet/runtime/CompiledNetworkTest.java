package nnet.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompiledNetworkTest {

    private static final long SLOPE_2_INTERCEPT_3 = 2L | 3L << 32;

    private final Line line = Line.create(SLOPE_2_INTERCEPT_3);

    @Test
    void aSeedMakesTheParameters() {
        assertArrayEquals(new float[]{2}, line.parameter("slope"));
        assertArrayEquals(new float[]{3}, line.parameter("intercept"));
        assertArrayEquals(new float[]{0}, line.parameter("seen"));
    }

    @Test
    void manyExamplesArePredictedInBatches() {
        int count = 1_000;
        float[] x = new float[count];
        float[] expected = new float[count];
        for (int i = 0; i < count; i++) {
            x[i] = i;
            expected[i] = 2 * i + 3;
        }
        float[] y = new float[count];
        line.predict(x, count, y);
        assertArrayEquals(expected, y);
    }

    @Test
    void inputsAndOutputsAreFoundByName() {
        Prediction prediction = line.prediction();
        float[] y = new float[1];
        prediction.input(prediction.inputIndex("x"), new float[]{10}).output(prediction.outputIndex("y"), y).run(1);
        assertEquals(23, y[0]);
        assertThrows(NoSuchElementException.class, () -> prediction.inputIndex("z"));
    }

    @Test
    void arraysMustFit() {
        String message = assertThrows(IllegalArgumentException.class, () -> line.predict(new float[3], 4, new float[4])).getMessage();
        assertEquals("'x' takes 1 values for each example; an array of 3 is too short for 4", message);
        assertThrows(IllegalArgumentException.class, () -> line.predict(new float[4], 4, new float[3]));
        assertThrows(IllegalArgumentException.class, () -> line.predict(new float[4], -1, new float[3]));
        assertThrows(IllegalArgumentException.class, () -> line.prediction().input(0, new int[1]));
        assertThrows(IllegalStateException.class, () -> line.prediction().run(1));
    }

    @Test
    void parametersAreReplacedAsAWhole() {
        line.setParameter("slope", new float[]{5});
        float[] y = new float[1];
        line.predict(new float[]{1}, 1, y);
        assertEquals(8, y[0]);
        assertThrows(NoSuchElementException.class, () -> line.setParameter("bias", new float[1]));
        assertThrows(IllegalArgumentException.class, () -> line.setParameter("slope", new float[2]));
    }

    @Test
    void weightsSurviveAFile(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("line.safetensors");
        line.save(file);
        Line other = Line.load(file);
        assertArrayEquals(line.parameter("intercept"), other.parameter("intercept"));
        other.save(directory.resolve("again.safetensors"));
        assertEquals(-1, Files.mismatch(file, directory.resolve("again.safetensors")));
        assertEquals(2, directory.toFile().list().length, "no drafts are left behind");
    }

    @Test
    void weightsOfAnotherNetworkAreRefused(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("other.safetensors");
        Safetensors.write(file, Map.of("slope", new Safetensors.Tensor(new float[2], 0, new int[]{2})),
                Map.of("network", "a.Circle"));
        WeightsException e = assertThrows(WeightsException.class, () -> line.restore(file));
        assertEquals(file + ": these are not weights of nnet.runtime.Line but of a.Circle: 'slope' is [] in the network, [2] in the file",
                e.getMessage());
        assertArrayEquals(new float[]{2}, line.parameter("slope"));
    }

    @Test
    void withoutWeightsBesideTheClassTheMessageSaysWhatToDo() {
        assertTrue(assertThrows(IllegalStateException.class, () -> line.restorePretrained(null)).getMessage()
                .contains("Line.safetensors beside nnet.runtime.Line"));
    }

    @Test
    void aWarmPredictionAllocatesNothing() {
        Line settled = Line.settled(SLOPE_2_INTERCEPT_3);
        float[] x = new float[300];
        float[] y = new float[300];
        Runnable predictions = () -> {
            for (int i = 0; i < 100; i++) {
                settled.predict(x, 300, y);
                settled.predict(x, 1, y);
            }
        };
        assertEquals(0, Allocation.of(predictions));
    }

    @Test
    void threadsPredictAtTheSameTimeWhileWeightsAreReplaced() throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread[] threads = new Thread[4];
        for (int t = 0; t < threads.length; t++) {
            float x = t + 1;
            threads[t] = new Thread(() -> {
                float[] input = new float[300];
                float[] y = new float[300];
                Arrays.fill(input, x);
                for (int i = 0; i < 2_000; i++) {
                    line.predict(input, 300, y);
                    // slope and intercept change together: 2, 3 or 20, 30
                    if (y[0] != 2 * x + 3 && y[0] != 20 * x + 30 || y[0] != y[299]) {
                        failure.set(new AssertionError(x + " -> " + y[0] + ", " + y[299]));
                    }
                }
            });
            threads[t].start();
        }
        Buffers next = Buffers.forPrediction(Line.CODE.manifest);
        for (int i = 0; i < 2_000; i++) {
            float factor = i % 2 == 0 ? 10 : 1;
            next.parameters[0] = 2 * factor;
            next.parameters[1] = 3 * factor;
            line.publish(next);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(null, failure.get());
    }
}
