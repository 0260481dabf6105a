package nnet.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {

    private final Workers workers = Workers.of(3);

    @AfterEach
    void end() {
        workers.close();
    }

    /// Adds one to each element of `hits` that it is given.
    private static class Hits extends Kernels {
        final AtomicIntegerArray hits;
        final boolean[] seen = new boolean[64];

        Hits(int extent) {
            hits = new AtomicIntegerArray(extent);
        }

        @Override
        public void run(int program, Workspace workspace) {
            throw new AssertionError("parts only");
        }

        @Override
        public void part(int program, int call, Workspace workspace, int worker, int from, int to) {
            seen[worker] = true;
            for (int i = from; i < to; i++) {
                hits.incrementAndGet(i);
            }
        }

        int[] counts() {
            int[] counts = new int[hits.length()];
            Arrays.setAll(counts, hits::get);
            return counts;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 11, 12, 13, 1000})
    void everyIterationRunsExactlyOnce(int extent) {
        Hits kernels = new Hits(extent);
        for (int repeat = 0; repeat < 500; repeat++) {
            workers.run(kernels, 0, 0, null, extent);
        }
        int[] expected = new int[extent];
        Arrays.fill(expected, 500);
        assertArrayEquals(expected, kernels.counts());
    }

    @Test
    void helpersTakePartAfterTheyHaveSlept() throws InterruptedException {
        Hits kernels = new Hits(12) {
            @Override
            public void part(int program, int call, Workspace workspace, int worker, int from, int to) {
                super.part(program, call, workspace, worker, from, to);
                try {
                    Thread.sleep(20);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        };
        Thread.sleep(100);
        workers.run(kernels, 0, 0, null, 12);
        assertTrue(kernels.seen[0] && kernels.seen[1] && kernels.seen[2], Arrays.toString(kernels.seen));
    }

    @Test
    void anExceptionOfAnyPartReachesTheCallerAndTheThreadsLiveOn() {
        for (int bad = 0; bad < 12; bad++) {
            IllegalStateException failure = new IllegalStateException("part " + bad);
            int failing = bad;
            Hits kernels = new Hits(12) {
                @Override
                public void part(int program, int call, Workspace workspace, int worker, int from, int to) {
                    if (from <= failing && failing < to) {
                        throw failure;
                    }
                    super.part(program, call, workspace, worker, from, to);
                }
            };
            assertSame(failure, assertThrows(IllegalStateException.class, () -> workers.run(kernels, 0, 0, null, 12)));
        }
        everyIterationRunsExactlyOnce(1000);
    }

    @Test
    void aCallWhileTheThreadsAreBusyRunsOnItsCaller() {
        Hits inner = new Hits(10);
        Hits outer = new Hits(4) {
            @Override
            public void part(int program, int call, Workspace workspace, int worker, int from, int to) {
                super.part(program, call, workspace, worker, from, to);
                workers.run(inner, 0, 0, null, 10);
            }
        };
        workers.run(outer, 0, 0, null, 4);
        int[] expected = new int[10];
        Arrays.fill(expected, 4);
        assertArrayEquals(expected, inner.counts());
    }

    @Test
    void callersOnSeveralThreadsDoNotDisturbEachOther() throws InterruptedException {
        Hits[] kernels = {new Hits(100), new Hits(100), new Hits(100), new Hits(100)};
        Thread[] callers = Arrays.stream(kernels).map(each -> new Thread(() -> {
            for (int repeat = 0; repeat < 2_000; repeat++) {
                workers.run(each, 0, 0, null, 100);
            }
        })).toArray(Thread[]::new);
        for (Thread caller : callers) {
            caller.start();
        }
        int[] expected = new int[100];
        Arrays.fill(expected, 2_000);
        for (int i = 0; i < callers.length; i++) {
            callers[i].join();
            assertArrayEquals(expected, kernels[i].counts());
        }
    }

    @Test
    void aClosedPoolWorksOnTheCallerAlone() {
        workers.close();
        everyIterationRunsExactlyOnce(13);
    }

    @Test
    void aCallAllocatesNothing() {
        Hits kernels = new Hits(64);
        assertEquals(0, Allocation.of(() -> {
            for (int i = 0; i < 100; i++) {
                workers.run(kernels, 0, 0, null, 64);
            }
        }));
    }

    @Test
    void theNumberOfThreadsMustMakeSense() {
        assertThrows(IllegalArgumentException.class, () -> Workers.of(0));
        assertThrows(IllegalArgumentException.class, () -> Workers.of(1025));
        try (Workers one = Workers.of(1)) {
            assertEquals(1, one.count());
        }
    }
}
