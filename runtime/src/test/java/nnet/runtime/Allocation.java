package nnet.runtime;

import java.lang.management.ManagementFactory;

/// Bytes that the current thread allocates.
final class Allocation {

    private static final com.sun.management.ThreadMXBean THREADS = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {
    }

    /// Bytes of the quietest of several runs, after one that warms up. The JVM does things of its own in others: a thread that asks for a method to be compiled makes
    /// the method's texts first. A run should be short, so that it is over before C2 could remove what is allocated.
    static long of(Runnable action) {
        action.run();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            action.run();
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}
