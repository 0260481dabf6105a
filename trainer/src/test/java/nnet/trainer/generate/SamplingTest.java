package nnet.trainer.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplingTest {

    private static final float[] PROBABILITIES = {9, 0.1f, 0.4f, 0.2f, 0.3f, 9};
    private static final int DRAWS = 100_000;

    /// How often each of the four tokens is drawn, in percent, from evenly spaced numbers.
    private static double[] shares(Sampling sampling) {
        double[] shares = new double[4];
        IntStream.range(0, DRAWS).forEach(i -> shares[sampling.pick(PROBABILITIES, 1, 4, (i + 0.5) / DRAWS)] += 100.0 / DRAWS);
        return shares;
    }

    private static void assertShares(Sampling sampling, double... expected) {
        double[] shares = shares(sampling);
        for (int i = 0; i < 4; i++) {
            assertEquals(expected[i], shares[i], 0.01, "token " + i);
        }
    }

    @Test
    void atTemperatureOneTokensComeAsOftenAsTheyAreProbable() {
        assertShares(new Sampling(1, 0, 1), 10, 40, 20, 30);
    }

    @Test
    void temperatureSharpensAndFlattens() {
        assertShares(new Sampling(0.5, 0, 1), 100.0 / 30, 1600.0 / 30, 400.0 / 30, 900.0 / 30);
        assertShares(new Sampling(0, 0, 1), 0, 100, 0, 0);
    }

    @Test
    void topKLeavesTheMostProbable() {
        assertShares(new Sampling(1, 2, 1), 0, 400.0 / 7, 0, 300.0 / 7);
        assertShares(new Sampling(1, 1, 1), 0, 100, 0, 0);
        assertShares(new Sampling(1, 9, 1), 10, 40, 20, 30);
    }

    @Test
    void topPLeavesTheFewestThatHaveTheProbability() {
        assertShares(new Sampling(1, 0, 0.6), 0, 400.0 / 7, 0, 300.0 / 7);
        assertShares(new Sampling(1, 0, 0.75), 0, 400.0 / 9, 200.0 / 9, 300.0 / 9);
        assertShares(new Sampling(1, 0, 0.01), 0, 100, 0, 0);
    }

    @Test
    void settingsOutsideTheirRangeAreNamed() {
        assertThrows(IllegalArgumentException.class, () -> new Sampling(-1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new Sampling(1, -2, 1));
        assertThrows(IllegalArgumentException.class, () -> new Sampling(1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new Sampling(Double.NaN, 0, 1));
    }
}
