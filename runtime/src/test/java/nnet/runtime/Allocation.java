package nnet.runtime;

import java.lang.management.ManagementFactory;

/// Bytes that the current thread allocates.
final class Allocation {

    private static final com.sun.management.ThreadMXBean THREADS = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {
    }

    /// Bytes of one run, after one that warms up.
    static long of(Runnable action) {
        action.run();
        THREADS.getCurrentThreadAllocatedBytes();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        action.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
