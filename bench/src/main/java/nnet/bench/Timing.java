package nnet.bench;

import java.util.Arrays;

/// How often per second something can be done once it is warm.
final class Timing {
    /// Long enough for a kernel to be compiled.
    private static final double WARM_UP_SECONDS = 2;
    private static final double SLICE_SECONDS = 0.1;
    private static final int SLICES = 11;

    private Timing() {}

    /// The median over slices of equal length, so that a hiccup of the machine does not count.
    static double perSecond(Runnable action) {
        return perSecond(action, WARM_UP_SECONDS);
    }

    /// The same after a warm-up of another length.
    static double perSecond(Runnable action, double warmUpSeconds) {
        double rate = slice(action, 1, warmUpSeconds);
        double[] rates = new double[SLICES];
        for (int i = 0; i < SLICES; i++) {
            // Between two looks at the clock, about a tenth of a slice.
            int calls = (int) Math.max(1, rate * SLICE_SECONDS / 10);
            rates[i] = slice(action, calls, SLICE_SECONDS);
            rate = rates[i];
        }
        Arrays.sort(rates);
        return rates[SLICES / 2];
    }

    private static double slice(Runnable action, int callsPerLook, double seconds) {
        long start = System.nanoTime();
        long count = 0;
        double elapsed;
        do {
            for (int i = 0; i < callsPerLook; i++) {
                action.run();
            }
            count += callsPerLook;
            elapsed = (System.nanoTime() - start) * 1e-9;
        } while (elapsed < seconds);
        return count / elapsed;
    }
}
