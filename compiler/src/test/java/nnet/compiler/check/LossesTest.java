package nnet.compiler.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LossesTest {

    private static final double[] Y = {0.5, 2, -1};
    private static final double[] T = {1, 0, -1.5};
    private static final double[] P = {0.2, 0.5, 0.3};
    private static final double[] Q = {0.1, 0.9, 0};

    private static double loss(String loss, double[] y, double[] target) {
        String network = "network Test(y: [3], t: [3]) { " + loss + "(y, t) }";
        return Programs.infer(network, Map.of("y", Programs.vector(y), "t", Programs.vector(target)))[0];
    }

    @Test
    void squared_errors_are_averaged() {
        assertEquals((0.25 + 4 + 0.25) / 3, loss("mean_squared_error", Y, T), 1e-12);
        assertEquals((0.25 + 4 + 0.25) / 6, loss("half_mean_squared_error", Y, T), 1e-12);
    }

    @Test
    void absolute_errors_are_averaged() {
        assertEquals((0.5 + 2 + 0.5) / 3, loss("mean_absolute_error", Y, T), 1e-12);
    }

    @Test
    void huber_is_quadratic_near_zero_and_linear_far_away() {
        assertEquals((0.125 + 1.5 + 0.125) / 3, loss("huber", Y, T), 1e-12);
        assertEquals((0.25 * (0.5 - 0.125) + 0.25 * (2 - 0.125) + 0.25 * (0.5 - 0.125)) / 3, loss("huber(delta: 0.25)", Y, T), 1e-7);
    }

    @Test
    void binary_cross_entropy_is_the_negative_log_likelihood() {
        double expected = -(0.1 * Math.log(0.2) + 0.9 * Math.log(0.8) + 0.9 * Math.log(0.5) + 0.1 * Math.log(0.5) + Math.log(0.7)) / 3;
        assertEquals(expected, loss("binary_cross_entropy", P, Q), 1e-12);
    }

    @Test
    void cross_entropy_takes_the_probability_of_the_right_category() {
        String network = "network Test(p: [2, 3], t: category(3)[2]) { cross_entropy(p, t) }";
        double found = Programs.infer(network,
                Map.of("p", Programs.matrix(2, 0.2, 0.5, 0.3, 0.1, 0.1, 0.8), "t", Programs.categories(1, 2)))[0];
        assertEquals(-(Math.log(0.5) + Math.log(0.8)) / 2, found, 1e-12);
    }

    @Test
    void sequence_cross_entropy_leaves_out_padding() {
        String network = "network Test(p: [3, 3], t: category(3)[3]) { sequence_cross_entropy(p, t) }";
        double found = Programs.infer(network,
                Map.of("p", Programs.matrix(3, 0.2, 0.5, 0.3, 0.1, 0.1, 0.8, 0.4, 0.4, 0.2), "t", Programs.categories(1, 2, 0)))[0];
        assertEquals(-(Math.log(0.5) + Math.log(0.8)) / 2, found, 1e-12);
    }

    @Test
    void hinge_is_zero_beyond_the_margin() {
        assertEquals((0.5 + 3) / 3, loss("hinge", new double[]{0.5, 2, -1}, new double[]{1, -1, -1}), 1e-12);
    }

    @Test
    void kl_divergence_counts_nothing_where_the_target_is_zero() {
        assertEquals(0.1 * Math.log(0.5) + 0.9 * Math.log(1.8), loss("kl_divergence", P, Q), 1e-12);
    }

    @Test
    void poisson_is_the_negative_log_likelihood_of_counts() {
        assertEquals((0.2 - 3 * Math.log(0.2) + 0.5 - Math.log(0.5) + 0.3) / 3, loss("poisson", P, new double[]{3, 1, 0}), 1e-12);
    }
}
