package nnet.tests.emitted;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nnet.compiler.Journey;
import nnet.compiler.Texts;
import nnet.compiler.source.Source;
import nnet.runtime.Network;
import nnet.runtime.Prediction;
import nnet.runtime.Trainer;
import nnet.runtime.Workers;
import nnet.tests.place.Repository;
import nnet.trainer.LoadedNetwork;
import nnet.trainer.NetworkFile;
import nnet.trainer.StandardLibrary;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A compiled network that has been at work for a while.
class SteadyStateTest {

    private static final int BATCH = 32;
    private static final com.sun.management.ThreadMXBean THREADS = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int WALKERS = 45;
    private static final String WALKS = """
            network Walks(steps: [20, 3]) -> end: [1] {
              let places = steps -> LSTM(32)
              places[-1] -> Dense(1)
            }

            train Walks {
              loss      = mean_squared_error
              optimizer = Adam(rate: 0.01)
              batch     = 45
            }
            """;

    private static Class<?> digits;
    private static final float[] PIXELS = new float[64 * BATCH];
    private static final int[] DIGITS = new int[BATCH];

    @BeforeAll
    static void compile() throws IOException {
        digits = compiled("samples/optdigits/optdigits.nnet");
        Random random = new Random(1);
        for (int i = 0; i < PIXELS.length; i++) {
            PIXELS[i] = random.nextInt(17);
        }
        for (int i = 0; i < DIGITS.length; i++) {
            DIGITS[i] = random.nextInt(10);
        }
    }

    private static Class<?> compiled(String sample) throws IOException {
        Path file = Repository.ROOT.resolve(sample);
        return LoadedNetwork.compile(NetworkFile.read(file, Map.of()), Journey.SILENT).network().orElseThrow().type();
    }

    /// Bytes that this thread allocates in the quietest of several rounds; the JVM's own doing (a switch of forms, a compilation) falls into others. They are few, so
    /// that they are over before C2 could remove what is allocated.
    private static long bytes(Runnable round) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 20 && least > 0; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            round.run();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aStepAllocatesNothing(int threads) {
        try (Workers workers = Workers.of(threads); Trainer trainer = Network.create(digits, 1).trainer(0, workers)) {
            assertEquals(0, bytes(() -> {
                for (int i = 0; i < 20; i++) {
                    trainer.step(PIXELS, DIGITS, BATCH);
                }
            }));
        }
    }

    @Test
    void aPredictionAllocatesNothing() {
        Prediction prediction = Network.create(digits, 1).prediction();
        int[] classes = new int[BATCH];
        prediction.input(0, PIXELS).output(0, classes);
        assertEquals(0, bytes(() -> {
            for (int i = 0; i < 20; i++) {
                prediction.run(BATCH);
                prediction.run(1);
            }
        }));
    }

    /// Rows and answers as an application has them, in arrays of its own. The other form, `predict(flower)`, makes arrays of one.
    @Test
    void aPredictionFromRecordsToAnEnumAllocatesNothing() throws IOException, ReflectiveOperationException {
        Class<?> iris = compiled("samples/iris/iris.nnet");
        Class<?> flower = iris.getClassLoader().loadClass("samples.iris.Iris$Flower");
        Record[] flowers = new Record[BATCH];
        for (int i = 0; i < BATCH; i++) {
            flowers[i] = (Record) flower.getConstructors()[0].newInstance(5f + i, 3f, 1f, 0.2f);
        }
        Enum<?>[] species = new Enum<?>[BATCH];
        Prediction prediction = Network.create(iris, 1).prediction().input(0, flowers).output(0, species);
        assertEquals(0, bytes(() -> {
            for (int i = 0; i < 20; i++) {
                prediction.run(BATCH);
                prediction.run(1);
            }
        }));
    }

    @Test
    void aSingleExampleGetsTheBitsThatItHasInABatch() {
        Prediction prediction = Network.create(digits, 1).prediction();
        float[] together = new float[10 * BATCH];
        prediction.input(0, PIXELS).output(0, together).run(BATCH);
        float[] alone = new float[10 * BATCH];
        float[] one = new float[10];
        for (int i = 0; i < BATCH; i++) {
            prediction.input(0, Arrays.copyOfRange(PIXELS, 64 * i, 64 * (i + 1))).output(0, one).run(1);
            System.arraycopy(one, 0, alone, 10 * i, 10);
        }
        assertArrayEquals(together, alone);
    }

    /// Two threads have enough rows to take them through all steps of the scan; eight have not, and share each kernel in a step.
    @Test
    void aRecurrentNetworkGetsTheSameBitsFromAnyNumberOfThreadsAndAllocatesNothing() {
        Texts texts = new Texts(new Source("walks.nnet", WALKS), List.of(), StandardLibrary.sources(), Map.of());
        Class<?> walks = LoadedNetwork.compile(texts, Journey.SILENT).network().orElseThrow().type();
        Random random = new Random(2);
        float[] steps = new float[WALKERS * 20 * 3];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = (float) random.nextGaussian();
        }
        float[] ends = Arrays.copyOf(steps, WALKERS);
        float[] alone = losses(walks, 1, steps, ends);
        assertArrayEquals(alone, losses(walks, 2, steps, ends));
        assertArrayEquals(alone, losses(walks, 8, steps, ends));
    }

    private static float[] losses(Class<?> network, int threads, float[] inputs, float[] targets) {
        float[] losses = new float[10];
        try (Workers workers = Workers.of(threads); Trainer trainer = Network.create(network, 1).trainer(0, workers)) {
            for (int i = 0; i < losses.length; i++) {
                losses[i] = trainer.step(inputs, targets, WALKERS);
            }
            assertEquals(0, bytes(() -> trainer.step(inputs, targets, WALKERS)));
        }
        return losses;
    }

    @Test
    void aTrainingThatIsSavedAndRestoredGoesOnWithTheSameBits(@org.junit.jupiter.api.io.TempDir Path directory) throws IOException {
        Path file = directory.resolve("checkpoint.safetensors");
        Network first = Network.create(digits, 1);
        Network second = Network.create(digits, 2);
        try (Workers workers = Workers.of(2);
                Trainer whole = first.trainer(7, Workers.shared());
                Trainer resumed = second.trainer(7, workers)) {
            for (int i = 0; i < 20; i++) {
                whole.step(PIXELS, DIGITS, BATCH);
            }
            whole.save(file);
            resumed.restore(file);
            for (int i = 0; i < 20; i++) {
                assertEquals(whole.step(PIXELS, DIGITS, BATCH), resumed.step(PIXELS, DIGITS, BATCH));
            }
        }
        first.parameters()
                .forEach(parameter -> assertArrayEquals(first.parameter(parameter.path()), second.parameter(parameter.path()),
                        parameter.path()));
    }
}
