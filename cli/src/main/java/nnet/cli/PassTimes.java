package nnet.cli;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import nnet.compiler.Journey;

/// Adds up how long each pass took, over all its units, without the passes that it called itself.
final class PassTimes implements Journey {

    private final Map<String, long[]> nanos = new LinkedHashMap<>();
    private final Deque<long[]> inner = new ArrayDeque<>();
    private final Journey companion;

    /// @param companion who walks along as well
    PassTimes(Journey companion) {
        this.companion = companion;
    }

    @Override
    public <N> N pass(String name, String unit, Supplier<N> work) {
        long[] total = nanos.computeIfAbsent(name, _ -> new long[2]);
        long[] nested = {0};
        inner.push(nested);
        long start = System.nanoTime();
        try {
            return companion.pass(name, unit, work);
        } finally {
            long taken = System.nanoTime() - start;
            inner.pop();
            total[0] += taken - nested[0];
            total[1]++;
            if (!inner.isEmpty()) {
                inner.peek()[0] += taken;
            }
        }
    }

    void print(PrintStream out) {
        long sum = nanos.values().stream().mapToLong(total -> total[0]).sum();
        nanos.forEach((name, total) -> out.printf("%-16s %8.1f ms  (%d)%n", name, total[0] * 1e-6, total[1]));
        out.printf("%-16s %8.1f ms%n", "all passes", sum * 1e-6);
    }
}
