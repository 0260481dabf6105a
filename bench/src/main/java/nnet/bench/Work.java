package nnet.bench;

import java.io.IOException;
import java.util.Map;

/// What a contender does again and again, in turn with the others. Between its turns it does nothing.
interface Work extends AutoCloseable {
    String GIGAFLOPS = "GFLOP/s";

    /// Does it for that many seconds, or once where that takes longer.
    ///
    /// @return what was measured, by name
    Map<String, Double> turn(double seconds) throws Exception;

    /// What is known of the whole when the last turn is over, by name: what must be the same for all contenders, and what a single turn cannot say.
    default Map<String, Double> facts() throws Exception {
        return Map.of();
    }

    @Override
    default void close() throws IOException {}

    /// An action of so many floating-point operations.
    ///
    /// @param close what is done behind it
    static Work of(Runnable action, double operations, Runnable close) {
        Timing timing = new Timing(action);
        return new Work() {
            @Override
            public Map<String, Double> turn(double seconds) {
                return Map.of(GIGAFLOPS, timing.perSecond(seconds) * 1e-9 * operations);
            }

            @Override
            public void close() {
                close.run();
            }
        };
    }
}
