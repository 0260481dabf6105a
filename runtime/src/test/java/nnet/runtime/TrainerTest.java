package nnet.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {

    /// Points of the line y = 4 x - 1.
    private static final float[] X = {-1, 0, 1, 2};
    private static final float[] Y = {-5, -1, 3, 7};

    private final Line line = Line.create(0);

    @Test
    void stepsFindTheLine() {
        try (Trainer trainer = line.trainer()) {
            assertEquals((25 + 1 + 9 + 49) / 4f, trainer.step(X, Y, 4));
            for (int i = 0; i < 200; i++) {
                trainer.step(X, Y, 4);
            }
            assertEquals(201, trainer.steps());
            assertEquals(0, trainer.evaluate(X, Y, 4), 1e-6);
            assertEquals(0, line.parameter("slope")[0], "the network keeps its weights until they are published");
        }
        assertEquals(4, line.parameter("slope")[0], 1e-3);
        assertEquals(-1, line.parameter("intercept")[0], 1e-3);
        assertEquals(201 * 4, line.parameter("seen")[0]);
    }

    @Test
    void batchesMayHaveAnySize() {
        try (Trainer trainer = line.trainer()) {
            for (int batch : new int[]{1, 4, 2, 3}) {
                trainer.step(X, Y, batch);
            }
            assertThrows(IllegalArgumentException.class, () -> trainer.step(X, Y, 5));
            assertThrows(IllegalArgumentException.class, () -> trainer.step(X, Y, 0));
            assertThrows(IllegalArgumentException.class, () -> trainer.step(X, new int[4], 4));
        }
    }

    @Test
    void aBatchCanBeWrittenInPlace() {
        try (Trainer copying = line.trainer(); Trainer inPlace = line.trainer()) {
            System.arraycopy(X, 0, inPlace.floats("x", 4), 0, 4);
            System.arraycopy(Y, 0, inPlace.floats("truth", 4), 0, 4);
            assertEquals(copying.step(X, Y, 4), inPlace.step(4));
            assertThrows(IllegalArgumentException.class, () -> inPlace.ints("x", 4));
            assertThrows(IllegalArgumentException.class, () -> inPlace.floats("z", 4));
        }
    }

    @Test
    void anInterruptedTrainingGoesOnAsIfNothingHadHappened(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("checkpoint.safetensors");
        try (Trainer whole = line.trainer()) {
            for (int i = 0; i < 10; i++) {
                whole.step(X, Y, 4);
            }
            whole.save(file);
            Line second = Line.create(99);
            try (Trainer resumed = second.trainer()) {
                resumed.restore(file);
                assertEquals(10, resumed.steps());
                for (int i = 0; i < 10; i++) {
                    assertEquals(whole.step(X, Y, 4), resumed.step(X, Y, 4));
                }
            }
            whole.publish();
            assertArrayEquals(line.parameter("slope"), second.parameter("slope"));
            assertArrayEquals(line.parameter("seen"), second.parameter("seen"));
        }
        assertArrayEquals(new float[]{3.9f}, Line.load(file).parameter("slope"), 0.5f, "a checkpoint is a file of weights");
    }

    @Test
    void weightsAreNoCheckpoint(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("line.safetensors");
        line.save(file);
        try (Trainer trainer = line.trainer()) {
            String message = assertThrows(WeightsException.class, () -> trainer.restore(file)).getMessage();
            assertTrue(message.endsWith("no checkpoint of this optimiser: it should have 'optimizer/momentum' with 2 elements"), message);
            assertEquals(List.of(), trainer.startFrom(file));
        }
    }

    @Test
    void metricsSpeakOfAWholeSplit() {
        try (Trainer trainer = line.trainer()) {
            Metrics metrics = trainer.metrics();
            assertEquals(List.of("rmse"), metrics.names());
            assertArrayEquals(new float[]{5}, metrics.compute(List.of(new float[]{0, 1}), List.of(new float[]{5, -4}), 2));
        }
    }

    @Test
    void aStepAllocatesNothing() {
        try (Trainer trainer = Line.settled(0).trainer()) {
            assertEquals(0, Allocation.of(() -> {
                for (int i = 0; i < 100; i++) {
                    trainer.step(X, Y, 4);
                }
            }));
        }
    }
}
