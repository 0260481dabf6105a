package nnet.compiler.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;

/// Initial values follow the distribution that they promise, by the test of Kolmogorov and Smirnov over 4096 of them. Seeds are fixed, so the tests are too.
class InitializersTest {

    private static double[] initial(String initializer, int inputs, int outputs) {
        return Programs
                .initial(Library.model("network Test(x: [" + inputs + "]) { x -> Dense(" + outputs + ", init: " + initializer + ") }"), 1)
                .get("dense1.weight")
                .data();
    }

    private static void assertDistributed(RealDistribution expected, String initializer) {
        double p = new KolmogorovSmirnovTest().kolmogorovSmirnovTest(expected, initial(initializer, 32, 128));
        assertTrue(p > 0.01, initializer + ": p = " + p);
    }

    private static RealDistribution uniform(double variance) {
        double limit = Math.sqrt(3 * variance);
        return new UniformRealDistribution(-limit, limit);
    }

    private static RealDistribution normal(double variance) {
        return new NormalDistribution(0, Math.sqrt(variance));
    }

    @Test
    void constants_are_constant() {
        assertArrayEquals(new double[4], initial("zeros", 2, 2));
        assertArrayEquals(new double[]{1, 1, 1, 1}, initial("ones", 2, 2));
        assertArrayEquals(new double[]{0.5, 0.5, 0.5, 0.5}, initial("constant(0.5)", 2, 2));
        assertArrayEquals(new double[]{3, 3, 3, 3}, initial("3", 2, 2));
    }

    @Test
    void distributions_are_those_of_the_papers() {
        assertDistributed(new UniformRealDistribution(-1, 3), "uniform(-1, 3)");
        assertDistributed(new NormalDistribution(1, 2), "normal(1, 2)");
        assertDistributed(uniform(2.0 / (32 + 128)), "glorot_uniform");
        assertDistributed(normal(2.0 / (32 + 128)), "glorot_normal");
        assertDistributed(uniform(2.0 / 32), "he_uniform");
        assertDistributed(normal(2.0 / 32), "he_normal");
        assertDistributed(uniform(1.0 / 32), "lecun_uniform");
        assertDistributed(normal(1.0 / 32), "lecun_normal");
    }

    @Test
    void a_truncated_normal_has_no_tails() {
        double[] values = initial("truncated_normal(0, 1)", 32, 128);
        assertTrue(Arrays.stream(values).allMatch(value -> Math.abs(value) <= 2.0001));
        NormalDistribution normal = new NormalDistribution(0, 1);
        double tail = normal.cumulativeProbability(-2);
        // A truncated normal number, pushed through its distribution function, is uniform.
        double[] shares = Arrays.stream(values).map(value -> (normal.cumulativeProbability(value) - tail) / (1 - 2 * tail)).toArray();
        double p = new KolmogorovSmirnovTest().kolmogorovSmirnovTest(new UniformRealDistribution(0, 1), shares);
        assertTrue(p > 0.01, "p = " + p);
    }

    @Test
    void an_orthogonal_matrix_has_orthonormal_rows_or_columns() {
        double[] w = initial("orthogonal(gain: 2)", 8, 3);
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                double product = 0;
                for (int row = 0; row < 8; row++) {
                    product += w[row * 3 + a] * w[row * 3 + b];
                }
                assertEquals(a == b ? 4 : 0, product, 1e-9);
            }
        }
    }

    @Test
    void every_parameter_has_numbers_of_its_own() {
        var values = Programs.initial(Library.model("network Test(x: [4]) { x -> Dense(4) -> Dense(4) }"), 1);
        assertNotEquals(Arrays.toString(values.get("dense1.weight").data()), Arrays.toString(values.get("dense2.weight").data()));
    }
}
