package nnet.compiler.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nnet.compiler.elaborate.Elaborate;
import nnet.compiler.model.Model;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Interpreter;
import nnet.compiler.tensor.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Three steps of each optimiser over two numbers, against the formulas of the papers written out for one number.
class OptimizersTest {

    private static final double[] START = {1, -2};
    private static final double[][] GRADIENTS = {{0.5, -1}, {0.25, 2}, {-0.125, 0.5}};

    /// One step for one number: the new weight from weight, gradient and step; `s` holds the states, which begin as zeros.
    private interface Rule {
        double step(double w, double g, int t, double[] s);
    }

    private record Case(String optimizer, Rule rule) {
    }

    private static final List<Case> CASES = List.of(
            new Case("GradientDescent(rate: 0.1)", (w, g, _, _) -> w - 0.1 * g),
            new Case("SGD(rate: 0.1)", (w, g, _, _) -> w - 0.1 * g),
            new Case("SGD(rate: 0.1, momentum: 0.9)", (w, g, _, s) -> {
                s[0] = 0.9 * s[0] + g;
                return w - 0.1 * s[0];
            }),
            new Case("SGD(rate: 0.1, momentum: 0.9, nesterov: true)", (w, g, _, s) -> {
                s[0] = 0.9 * s[0] + g;
                return w - 0.1 * (g + 0.9 * s[0]);
            }),
            new Case("Adagrad(rate: 0.1)", (w, g, _, s) -> {
                s[0] += g * g;
                return w - 0.1 * g / (Math.sqrt(s[0]) + 1e-10);
            }),
            new Case("RMSprop(rate: 0.1)", (w, g, _, s) -> {
                s[0] = 0.9 * s[0] + 0.1 * g * g;
                return w - 0.1 * g / (Math.sqrt(s[0]) + 1e-8);
            }),
            new Case("Adadelta", (w, g, _, s) -> {
                s[0] = 0.95 * s[0] + 0.05 * g * g;
                double change = Math.sqrt(s[1] + 1e-6) / Math.sqrt(s[0] + 1e-6) * g;
                s[1] = 0.95 * s[1] + 0.05 * change * change;
                return w - change;
            }),
            new Case("Adam(rate: 0.1)", (w, g, t, s) -> w - 0.1 * adam(g, t, s)),
            new Case("AdamW(rate: 0.1, decay: 0.2)", (w, g, t, s) -> w - 0.1 * 0.2 * w - 0.1 * adam(g, t, s)),
            new Case("Nadam(rate: 0.1)", (w, g, t, s) -> {
                s[0] = 0.9 * s[0] + 0.1 * g;
                s[1] = 0.999 * s[1] + 0.001 * g * g;
                double ahead = 0.9 * s[0] / (1 - Math.pow(0.9, t + 1)) + 0.1 * g / (1 - Math.pow(0.9, t));
                return w - 0.1 * ahead / (Math.sqrt(s[1] / (1 - Math.pow(0.999, t))) + 1e-8);
            }),
            new Case("Lion(rate: 0.1, decay: 0.2)", (w, g, _, s) -> {
                double direction = Math.signum(0.9 * s[0] + 0.1 * g);
                s[0] = 0.99 * s[0] + 0.01 * g;
                return w - 0.1 * (direction + 0.2 * w);
            }));

    private static double adam(double g, int t, double[] s) {
        s[0] = 0.9 * s[0] + 0.1 * g;
        s[1] = 0.999 * s[1] + 0.001 * g * g;
        return s[0] / (1 - Math.pow(0.9, t)) / (Math.sqrt(s[1] / (1 - Math.pow(0.999, t))) + 1e-8);
    }

    private static Model model(String optimizer, String more) {
        return Library.model("""
                network Test(x: [1]) -> y: [1] { x -> Dense(1) }
                train Test {
                  loss      = mean_squared_error
                  optimizer = OPTIMIZER
                  MORE
                }
                """.replace("OPTIMIZER", optimizer).replace("MORE", more));
    }

    @TestFactory
    Stream<DynamicTest> each_optimizer_is_its_formula() {
        return CASES.stream().map(one -> DynamicTest.dynamicTest(one.optimizer(), () -> {
            double[] expected = START.clone();
            for (int i = 0; i < expected.length; i++) {
                double[] states = new double[2];
                for (int t = 1; t <= GRADIENTS.length; t++) {
                    expected[i] = one.rule().step(expected[i], GRADIENTS[t - 1][i], t, states);
                }
            }
            // Constants such as 0.999 are rounded to single precision, and 1 - 0.999^t magnifies that.
            assertArrayEquals(expected, steps(model(one.optimizer(), "")), 2e-5);
        }));
    }

    private static double[] steps(Model model) {
        return after(model, GRADIENTS).get("parameters").data();
    }

    /// Weights and states after a step for each gradient.
    private static Map<String, Tensor> after(Model model, double[][] gradients) {
        Map<String, Tensor> values = new HashMap<>(Interpreter.run(Elaborate.prepare(model.recipe().orElseThrow()), Map.of()));
        values.put("parameters", Programs.vector(START));
        Graph update = Elaborate.update(model.recipe().orElseThrow());
        for (int t = 1; t <= gradients.length; t++) {
            values.put("gradient", Programs.vector(gradients[t - 1]));
            values.put("step", Programs.step(t));
            values.putAll(Interpreter.run(update, values));
        }
        return values;
    }

    /// 0.9^900 is 7e-42, which is no normal number of single precision.
    @Test
    void a_mean_that_no_gradient_feeds_any_more_becomes_zero() {
        double[][] gradients = new double[900][2];
        gradients[0] = new double[]{1, -1};
        gradients[899] = new double[]{0, 1e-30};
        double[] means = after(model("Adam", ""), gradients).get("m").data();
        assertEquals(0, means[0], 0);
        assertEquals(1e-31, means[1], 1e-37);
    }

    @Test
    void states_that_start_as_zeros_say_so() {
        assertEquals("[OptimizerState[name=m, allZero=true], OptimizerState[name=v, allZero=true]]",
                model("Adam", "").recipe().orElseThrow().optimizerStates().toString());
    }

    @Test
    void a_gradient_is_clipped_before_the_optimizer_sees_it() {
        assertArrayEquals(new double[]{1 - 0.5 - 0.25 + 0.125, -2 + 1 - 1 - 0.5}, steps(model("SGD(rate: 1)", "clip = by_value(1)")), 1e-7);
        double shorter = 1 / Math.sqrt(0.5 * 0.5 + 1);
        double first = 1 - 0.5 * shorter;
        double second = first - 0.25 / Math.sqrt(0.25 * 0.25 + 4) + 0.125;
        assertEquals(second, steps(model("SGD(rate: 1)", "clip = by_norm(1)"))[0], 1e-6);
    }

    @Test
    void a_schedule_gives_the_rate_of_each_step() {
        double expected = 1 - 0.05 * 0.5 - 0.025 * 0.25 + 0.0125 * 0.125;
        assertEquals(expected, steps(model("SGD(rate: step(0.1, every: 1, factor: 0.5))", ""))[0], 1e-7);
    }
}
