package nnet.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;

class PermutationTest {

    /// Known answers of threefry2x32, 20 rounds, from the Random123 distribution (kat_vectors).
    @Test
    void generatesTheKnownAnswers() {
        assertEquals(0x6b20015999ba4efeL, Permutation.threefry(0, 0, 0, 0));
        assertEquals(0x1cb996fcbb002be7L, Permutation.threefry(-1, -1, -1, -1));
        assertEquals(0xc4923a9c483df7a0L, Permutation.threefry(0x13198a2e, 0x03707344, 0x243f6a88, 0x85a308d3));
    }

    @Test
    void isAPermutationThatDependsOnSeedAndStreamOnly() {
        int[] order = Permutation.of(1000, 42, 3);
        assertArrayEquals(order, Permutation.of(1000, 42, 3));
        assertFalse(Arrays.equals(order, Permutation.of(1000, 42, 4)));
        assertFalse(Arrays.equals(order, Permutation.of(1000, 43, 3)));
        assertArrayEquals(IntStream.range(0, 1000).toArray(), Arrays.stream(order).sorted().toArray());
    }

    /// Each of the 24 orders of 4 things comes up equally often; the test is deterministic, since the seeds are.
    @Test
    void drawsEveryOrderEquallyOften() {
        long[] counts = new long[256];
        int draws = 24_000;
        for (int seed = 0; seed < draws; seed++) {
            int[] order = Permutation.of(4, seed, 0);
            counts[order[0] << 6 | order[1] << 4 | order[2] << 2 | order[3]]++;
        }
        long[] seen = Arrays.stream(counts).filter(count -> count > 0).toArray();
        double[] expected = new double[24];
        Arrays.fill(expected, draws / 24.0);
        assertEquals(24, seen.length);
        assertTrue(new ChiSquareTest().chiSquareTest(expected, seen) > 0.01);
    }
}
