package nnet.compiler.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import nnet.compiler.elaborate.Elaborate;
import nnet.compiler.tensor.Interpreter;
import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ActivationsTest {

    private static final double[] POINTS = {-30, -3.5, -3, -1, -0.1, 0, 0.1, 0.7, 1, 3, 3.5, 30};

    @TestFactory
    Stream<DynamicTest> each_activation_is_its_formula() {
        Map<String, DoubleUnaryOperator> formulas = new LinkedHashMap<>();
        formulas.put("identity", x -> x);
        formulas.put("sigmoid", x -> 1 / (1 + Math.exp(-x)));
        formulas.put("tanh", Math::tanh);
        formulas.put("relu", x -> Math.max(x, 0));
        formulas.put("leaky_relu", x -> x > 0 ? x : 0.01 * x);
        formulas.put("leaky_relu(0.2)", x -> x > 0 ? x : 0.2 * x);
        formulas.put("prelu", x -> x > 0 ? x : 0.25 * x);
        formulas.put("elu", x -> x > 0 ? x : Math.expm1(x));
        formulas.put("elu(alpha: 0.5)", x -> x > 0 ? x : 0.5 * Math.expm1(x));
        formulas.put("selu", x -> 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x)));
        formulas.put("gelu", x -> x * 0.5 * Erf.erfc(-x / Math.sqrt(2)));
        formulas.put("silu", x -> x / (1 + Math.exp(-x)));
        formulas.put("softplus", x -> x > 20 ? x + Math.exp(-x) : Math.log1p(Math.exp(x)));
        formulas.put("softsign", x -> x / (1 + Math.abs(x)));
        formulas.put("mish", x -> x * Math.tanh(Math.log1p(Math.exp(x))));
        formulas.put("hard_sigmoid", x -> Math.clamp(x / 6 + 0.5, 0, 1));
        formulas.put("hard_swish", x -> x * Math.clamp(x / 6 + 0.5, 0, 1));
        return formulas.entrySet().stream().map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
            double[] expected = Arrays.stream(POINTS).map(entry.getValue()).toArray();
            assertArrayEquals(expected, activated(entry.getKey()), 1e-7, "constants are rounded to single precision");
        }));
    }

    private static double[] activated(String activation) {
        String network = "network Test(x: [" + POINTS.length + "]) { x -> " + activation + " }";
        var model = Library.model(network);
        return Interpreter.run(Elaborate.infer(model),
                Programs.join(Programs.initial(model, 1), Map.of("x", Programs.vector(POINTS)))).get("output").data();
    }

    @Test
    void softmax_is_positive_with_sum_one_also_for_large_inputs() {
        assertArrayEquals(new double[]{0.09003057317038046, 0.24472847105479767, 0.6652409557748219},
                Programs.ofVector("softmax(x)", 1001, 1002, 1003), 1e-15);
    }

    @Test
    void log_softmax_is_finite_where_softmax_is_zero() {
        assertArrayEquals(new double[]{-2000, 0}, Programs.ofVector("log_softmax(x)", -1000, 1000), 1e-12);
    }

    @Test
    void softmax_is_over_the_last_axis() {
        double[] rows = Programs.infer("network Test(x: [2, 2]) { softmax(x) }", Map.of("x", Programs.matrix(2, 0, 0, 5, 5)));
        assertArrayEquals(new double[]{0.5, 0.5, 0.5, 0.5}, rows, 1e-15);
    }

    @Test
    void prelu_learns_one_slope_for_each_element() {
        var model = Library.model("network Test(x: [3]) { x -> prelu }");
        assertEquals("[3]", model.parameters().getFirst().type().shape().toString());
        assertEquals("prelu1.slope", model.parameters().getFirst().path());
    }
}
