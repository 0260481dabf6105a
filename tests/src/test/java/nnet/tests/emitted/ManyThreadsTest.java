package nnet.tests.emitted;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import nnet.embed.Nnc;
import nnet.runtime.Network;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One network, asked by a thousand threads at once, while others give it new weights.
class ManyThreadsTest {

    private static final int COUNT = 1_000;
    private static final int ROUNDS = 10;
    private static final float[] INPUT = {0.1f, 0.2f, 0.3f, 0.4f};

    private static Nnc compiled;

    @TempDir
    static Path folder;
    private static Path old;
    private static Path young;
    private static float[] oldAnswer;
    private static float[] youngAnswer;

    @BeforeAll
    static void compile() throws Exception {
        compiled = Nnc.compile("network Small(x: [4]) -> [3] { x -> Dense(16, tanh) -> Dense(3) }");
        old = folder.resolve("old.safetensors");
        young = folder.resolve("young.safetensors");
        compiled.create(1).save(old);
        compiled.create(2).save(young);
        oldAnswer = answer(compiled.load(old));
        youngAnswer = answer(compiled.load(young));
    }

    private static float[] answer(Network network) {
        float[] y = new float[3];
        network.prediction().input(0, INPUT).output(0, y).run(1);
        return y;
    }

    /// The methods of the generated class, which take their workspace from the pool that all threads share.
    private interface Predict {
        void run(float[] x, int count, float[] y);
    }

    private static Predict predict(Network network) throws ReflectiveOperationException {
        var method = network.getClass().getMethod("predict", float[].class, int.class, float[].class);
        return (x, count, y) -> {
            try {
                method.invoke(network, x, count, y);
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        };
    }

    @Test
    void everyAnswerBelongsToTheOldOrTheNewWeightsEntirely() throws Exception {
        swapWhile(Thread.ofPlatform());
    }

    @Test
    void virtualThreadsShareTheSameWorkspaces() throws Exception {
        swapWhile(Thread.ofVirtual());
    }

    private static void swapWhile(Thread.Builder builder) throws Exception {
        Network network = compiled.load(old);
        Predict predict = predict(network);
        AtomicInteger ofOld = new AtomicInteger();
        AtomicInteger ofYoung = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            threads.add(builder.start(() -> {
                float[] y = new float[3];
                for (int round = 0; round < ROUNDS; round++) {
                    predict.run(INPUT, 1, y);
                    if (Arrays.equals(y, oldAnswer)) {
                        ofOld.incrementAndGet();
                    } else if (Arrays.equals(y, youngAnswer)) {
                        ofYoung.incrementAndGet();
                    }
                }
            }));
        }
        for (int swap = 0; threads.stream().anyMatch(Thread::isAlive); swap++) {
            network.restore(swap % 2 == 0 ? young : old);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(COUNT * ROUNDS, ofOld.get() + ofYoung.get());
    }
}
