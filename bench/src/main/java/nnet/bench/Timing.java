package nnet.bench;

/// How often per second an action is done, turn by turn.
final class Timing {
    /// The share of a turn that is not measured: caches fill again, and threads of those who had their turn before fall asleep.
    private static final double LEAD_IN = 0.1;
    private static final double SECONDS_BETWEEN_LOOKS = 0.005;

    private final Runnable action;
    private double rate;

    Timing(Runnable action) {
        this.action = action;
    }

    double perSecond(double seconds) {
        slice(LEAD_IN * seconds);
        return slice(seconds);
    }

    /// Between two looks at the clock as many calls as fit, by what is known of their speed.
    private double slice(double seconds) {
        int callsPerLook = (int) Math.max(1, rate * SECONDS_BETWEEN_LOOKS);
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
        rate = count / elapsed;
        return rate;
    }
}
