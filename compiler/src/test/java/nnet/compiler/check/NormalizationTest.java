package nnet.compiler.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import nnet.compiler.elaborate.Elaborate;
import nnet.compiler.model.Model;
import nnet.compiler.tensor.Interpreter;
import nnet.compiler.tensor.Tensor;
import nnet.compiler.type.TensorType;
import org.junit.jupiter.api.Test;

/// Normalisation of images `[channels, height, width]`; that of vectors is in LayersTest.
class NormalizationTest {

    private static final double[] X = new Random(1).doubles(4 * 2 * 3, -2, 5).toArray();

    private static double[] normalized(String layer) {
        Model model = Library.model("network Test(x: [4, 2, 3]) { x -> " + layer + " }");
        return Interpreter.run(Elaborate.infer(model),
                Programs.join(Programs.initial(model, 1), Map.of("x", new Tensor(TensorType.f32(4, 2, 3), X)))).get("output").data();
    }

    private static void assertStandardized(double[] y, int from, int to) {
        double[] part = Arrays.copyOfRange(y, from, to);
        double mean = Arrays.stream(part).average().orElseThrow();
        assertEquals(0, mean, 1e-9);
        assertEquals(1, Arrays.stream(part).map(a -> (a - mean) * (a - mean)).average().orElseThrow(), 1e-4);
    }

    @Test
    void group_norm_standardizes_groups_of_channels() {
        double[] y = normalized("GroupNorm(2)");
        assertStandardized(y, 0, 12);
        assertStandardized(y, 12, 24);
    }

    @Test
    void instance_norm_standardizes_each_channel() {
        double[] y = normalized("InstanceNorm(affine: true)");
        for (int channel = 0; channel < 4; channel++) {
            assertStandardized(y, channel * 6, channel * 6 + 6);
        }
        assertArrayEquals(y, normalized("InstanceNorm"), 1e-12);
    }

    @Test
    void batch_norm_takes_each_channel_over_all_positions_and_examples() {
        Model model = Library.model("""
                network Test(x: [2, 1, 2]) -> y: [2, 1, 2] { x -> BatchNorm(momentum: 0.5, epsilon: 0) }
                train Test {
                  loss      = mean_squared_error
                  optimizer = SGD(rate: 0.1)
                }
                """);
        Tensor x = new Tensor(TensorType.f32(2, 2, 1, 2), new double[]{1, 2, 10, 10, 3, 6, 20, 40});
        Tensor target = new Tensor(TensorType.f32(2, 2, 1, 2), new double[8]);
        Map<String, Tensor> trained = Programs.batched(Elaborate.train(model.recipe().orElseThrow()),
                Programs.join(Programs.initial(model, 1), Map.of("x", x, "target", target, "key", Programs.key(1))));
        assertArrayEquals(new double[]{1.5, 10}, trained.get("batch_norm1.mean").data(), 1e-12);
        assertArrayEquals(new double[]{0.5 + 0.5 * 3.5, 0.5 + 0.5 * 150}, trained.get("batch_norm1.variance").data(), 1e-12);
        assertEquals(1, trained.get("loss").data()[0], 1e-9);
        Map<String, Tensor> predicted = Programs.batched(Elaborate.infer(model),
                Programs.join(Programs.initial(model, 1), trained, Map.of("x", x)));
        assertEquals((1 - 1.5) / Math.sqrt(2.25), predicted.get("y").data()[0], 1e-9);
        assertEquals((40 - 10) / Math.sqrt(75.5), predicted.get("y").data()[7], 1e-9);
    }

    @Test
    void local_response_norm_divides_by_what_is_near() {
        double[] y = normalized("LocalResponseNorm(size: 3, alpha: 0.3, beta: 0.5, k: 2)");
        double squares = X[0] * X[0] + X[6] * X[6];
        assertEquals(X[0] / Math.sqrt(2 + 0.1 * squares), y[0], 1e-9);
        double middle = X[0] * X[0] + X[6] * X[6] + X[12] * X[12];
        assertEquals(X[6] / Math.sqrt(2 + 0.1 * middle), y[6], 1e-9);
    }
}
