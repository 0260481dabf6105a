package nnet.compiler.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SchedulesTest {

    private static double rate(String schedule, double step) {
        String network = """
                fn at(rate: schedule, step) = rate(step)
                network Test(t: []) { at(SCHEDULE, t) + 0 * t }
                """.replace("SCHEDULE", schedule);
        return Programs.infer(network, Map.of("t", Programs.scalar(step)))[0];
    }

    @Test
    void a_number_and_a_constant_are_the_same_for_every_step() {
        assertEquals(0.25, rate("0.25", 7));
        assertEquals(0.25, rate("constant(0.25)", 7));
    }

    @Test
    void steps_exponents_and_polynomials_fall() {
        assertEquals(0.5, rate("step(0.5, every: 10)", 9), 1e-7);
        assertEquals(0.05, rate("step(0.5, every: 10)", 10), 1e-7);
        assertEquals(0.5 * Math.pow(0.9, 3), rate("exponential(0.5, decay: 0.9)", 3), 1e-7);
        assertEquals(0.1 + 0.9 * 0.25, rate("polynomial(1, steps: 10, final: 0.1, power: 2)", 5), 1e-7);
        assertEquals(0.1, rate("polynomial(1, steps: 10, final: 0.1, power: 2)", 11), 1e-7);
    }

    @Test
    void a_cosine_goes_from_its_peak_to_its_end() {
        assertEquals(0.5, rate("cosine(peak: 1, steps: 10)", 5), 1e-7);
        assertEquals(0, rate("cosine(peak: 1, steps: 10)", 10), 1e-7);
        assertEquals(0.2, rate("cosine(peak: 1, steps: 10, final: 0.2)", 20), 1e-7);
    }

    @Test
    void a_warmup_rises_and_hands_over() {
        assertEquals(0.5, rate("warmup(peak: 1, warmup: 4, after: cosine(1, 10))", 2), 1e-7);
        assertEquals(0.5, rate("warmup(peak: 1, warmup: 4, after: cosine(1, 10))", 9), 1e-7);
        assertEquals(0.25, rate("warmup(peak: 1, warmup: 4, after: 0.25)", 5), 1e-7);
        assertEquals(0.5, rate("warmup_cosine(peak: 1, warmup: 4, steps: 14)", 9), 1e-7);
    }

    @Test
    void one_cycle_rises_to_its_peak_and_falls_far_below_its_start() {
        assertEquals(1, rate("one_cycle(peak: 1, steps: 10)", 3), 1e-7);
        assertEquals(1.0 / 25, rate("one_cycle(peak: 1, steps: 10)", 0), 1e-7);
        assertEquals(1.0 / 25 / 1e4, rate("one_cycle(peak: 1, steps: 10)", 10), 1e-7);
    }
}
