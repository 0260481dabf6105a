package nnet.bench;

import java.util.List;
import java.util.Map;

/// How a workload is measured: for each row of its table every contender opens its work in a JVM of its own, and then they take turns.
///
/// @param rows what tells the rows of one workload apart; a single empty name where there is one row
record Measurement(List<String> rows, Pace pace, Opening opening) {

    /// Builds, checks, and is ready for the first turn.
    interface Opening {
        Work open(Contender contender, int threads, String row) throws Exception;
    }

    /// What is measured in one piece.
    interface Whole {
        Map<String, Double> measure(Contender contender) throws Exception;
    }

    static Measurement of(Pace pace, Opening opening) {
        return new Measurement(List.of(""), pace, opening);
    }

    /// What no turns can be taken at: sizes, and the beginning of a process.
    static Measurement once(Whole whole) {
        return of(Pace.ONCE, (contender, _, _) -> new Work() {
            @Override
            public Map<String, Double> turn(double seconds) {
                throw new IllegalStateException("no turns");
            }

            @Override
            public Map<String, Double> facts() throws Exception {
                return whole.measure(contender);
            }
        });
    }
}
