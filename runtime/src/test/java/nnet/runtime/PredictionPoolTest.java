package nnet.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PredictionPoolTest {

    private static final int THREADS = 16;

    private final PredictionPool pool = new PredictionPool(Line.CODE, new Current(Buffers.forPrediction(Line.CODE.manifest)));

    @Test
    void thereAreNotMorePredictionsThanProcessors() throws InterruptedException {
        Set<Prediction> seen = ConcurrentHashMap.newKeySet();
        onManyThreads(() -> {
            for (int i = 0; i < 20; i++) {
                Prediction prediction = pool.take();
                seen.add(prediction);
                Thread.yield();
                pool.give(prediction);
            }
        });
        assertTrue(seen.size() <= Math.max(2, Runtime.getRuntime().availableProcessors()), seen.size() + " predictions");
    }

    @Test
    void neitherTakingNorWaitingAllocates() throws InterruptedException {
        AtomicLong allocated = new AtomicLong();
        onManyThreads(() -> {
            allocated.addAndGet(Allocation.of(() -> {
                for (int i = 0; i < 5; i++) {
                    Prediction prediction = pool.take();
                    Thread.yield();
                    pool.give(prediction);
                }
            }));
        });
        assertEquals(0, allocated.get());
    }

    private static void onManyThreads(Runnable action) throws InterruptedException {
        CountDownLatch ready = new CountDownLatch(THREADS);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> {
                ready.countDown();
                try {
                    ready.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                action.run();
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    @Test
    void aFailedPredictionGivesItsMemoryBack() {
        Line line = Line.create(1);
        for (int i = 0; i < 100; i++) {
            assertThrows(IllegalArgumentException.class, () -> line.predict(new float[1], 2, new float[2]));
        }
        float[] y = new float[1];
        line.predict(new float[]{1}, 1, y);
        assertEquals(1, y[0]);
    }

    @Test
    void anInterruptedThreadStillGetsItsAnswer() throws InterruptedException {
        List<Prediction> all = new ArrayList<>();
        for (int i = 0; i < Math.max(2, Runtime.getRuntime().availableProcessors()); i++) {
            all.add(pool.take());
        }
        AtomicLong interrupted = new AtomicLong();
        Thread waiting = new Thread(() -> {
            pool.take();
            interrupted.set(Thread.currentThread().isInterrupted() ? 1 : 0);
        });
        waiting.start();
        waiting.interrupt();
        pool.give(all.get(0));
        waiting.join();
        assertEquals(1, interrupted.get());
    }
}
