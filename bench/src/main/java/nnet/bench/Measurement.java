package nnet.bench;

import java.util.Map;

/// How one number of threads of one contender is measured, in a JVM of its own.
interface Measurement {

    /// What was measured, by name.
    Map<String, Double> measure(Contender contender, int threads) throws Exception;
}
