package nnet.compiler.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import nnet.compiler.elaborate.Elaborate;
import nnet.compiler.model.Model;
import nnet.compiler.model.Parameter;
import nnet.compiler.tensor.Interpreter;
import nnet.compiler.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LayersTest {

    private static final String RECIPE = """
            train Test {
              loss      = mean_squared_error
              optimizer = SGD(rate: 0.1)
            }
            """;

    private static double[] predict(String network, Map<String, Tensor> parameters, double... x) {
        return Interpreter.run(Elaborate.infer(Library.model(network)), Programs.join(parameters, Map.of("x", Programs.vector(x))))
                .get("output").data();
    }

    @Test
    void dense_is_a_matrix_product_with_a_bias_and_an_activation() {
        Map<String, Tensor> parameters = Map.of("dense1.weight", Programs.matrix(2, 1, 2, 3, 4, 5, 6), "dense1.bias",
                Programs.vector(-10, 0, 1));
        assertArrayEquals(new double[]{0, 12, 16}, predict("network Test(x: [2]) { x -> Dense(3, relu) }", parameters, 1, 2));
        assertArrayEquals(new double[]{9, 12, 15}, predict("network Test(x: [2]) { x -> Dense(3, bias: false) }", parameters, 1, 2));
    }

    @Test
    void flatten_and_reshape_keep_the_order() {
        assertArrayEquals(new double[]{1, 2, 3, 4, 5, 6}, Programs.ofVector("x -> Reshape([2, 3]) -> Flatten", 1, 2, 3, 4, 5, 6));
        assertEquals("[3, 2]",
                Library.model("network Test(x: [6]) { x -> Reshape([3, 2]) }").outputs().getFirst().type().shape().toString());
    }

    @Test
    void layer_norm_has_mean_zero_and_variance_one() {
        Model model = Library.model("network Test(x: [4]) { x -> LayerNorm }");
        double[] y = Interpreter
                .run(Elaborate.infer(model), Programs.join(Programs.initial(model, 1), Map.of("x", Programs.vector(1, 2, 3, 4))))
                .get("output").data();
        double deviation = Math.sqrt(1.25 + 1e-5);
        assertArrayEquals(new double[]{-1.5 / deviation, -0.5 / deviation, 0.5 / deviation, 1.5 / deviation}, y, 1e-9);
    }

    @Test
    void batch_norm_uses_the_batch_in_training_and_what_it_kept_in_prediction() {
        Model model = Library.model("network Test(x: [1]) -> y: [1] { x -> BatchNorm(momentum: 0.75) }\n" + RECIPE);
        assertEquals(2, model.states().size());
        Map<String, Tensor> values = Programs.join(Programs.initial(model, 1),
                Map.of("x", Programs.matrix(4, 1, 2, 3, 6), "target", Programs.matrix(4, 0, 0, 0, 0), "key", Programs.key(1)));
        Map<String, Tensor> trained = Programs.batched(Elaborate.train(model.recipe().orElseThrow()), values);
        assertEquals(0.25 * 3, trained.get("batch_norm1.mean").data()[0], 1e-12);
        assertEquals(0.75 + 0.25 * 3.5, trained.get("batch_norm1.variance").data()[0], 1e-12);
        assertEquals(3.5 / (3.5 + 1e-5), trained.get("loss").data()[0], 1e-9);
        Map<String, Tensor> predicted = Programs.batched(Elaborate.infer(model), Programs.join(values, trained));
        assertEquals((1 - 0.75) / Math.sqrt(0.75 + 0.875 + 1e-5), predicted.get("y").data()[0], 1e-9);
    }

    @Test
    void dropout_drops_in_training_only() {
        Model model = Library
                .model("network Test(x: [1000]) -> y: [1000] { x -> Dropout(0.25) -> scale: Dense(1000, init: zeros) }\n" + RECIPE);
        assertEquals(1,
                Elaborate.train(model.recipe().orElseThrow()).inputs().stream().filter(input -> input.name().equals("key")).count());
        assertTrue(Elaborate.infer(model).inputs().stream().noneMatch(input -> input.name().equals("key")));
        Model plain = Library.model("""
                layer Weight()(x: [n]) -> [n] {
                  param weight: [n] = ones
                  x * weight
                }
                network Test(x: [1000]) -> y: [1000] { x -> Weight -> Dropout(0.25) }
                """ + RECIPE.replace("mean_squared_error", "(y, target) => mean(y)"));
        double[] ones = new double[1000];
        Arrays.fill(ones, 1);
        Tensor example = new Tensor(Programs.matrix(1, ones).type(), ones);
        double mean = Programs.batched(Elaborate.train(plain.recipe().orElseThrow()),
                Programs.join(Programs.initial(plain, 1), Map.of("x", example, "target", example, "key", Programs.key(5)))).get("loss")
                .data()[0];
        // 1000 numbers that are 0 or 4/3 with mean 1: the deviation of their mean is 0.018.
        assertEquals(1, mean, 0.06);
        assertTrue(mean != 1);
    }

    @Test
    void residual_adds_its_input() {
        assertArrayEquals(new double[]{2, 6}, Programs.ofVector("x -> Residual(y => y^2)", 1, 2));
    }

    @Test
    void branches_lie_side_by_side_and_sums_on_each_other() {
        assertArrayEquals(new double[]{1, 4, 2, 4}, Programs.ofVector("x -> Branches([y => y^2, y => 2 * y])", 1, 2));
        assertArrayEquals(new double[]{3, 8}, Programs.ofVector("x -> Sum([y => y^2, y => 2 * y])", 1, 2));
    }

    @Test
    void a_closed_highway_passes_its_input() {
        Map<String, Tensor> closed = Map.of("highway1.gate.weight", Programs.matrix(2, 0, 0, 0, 0), "highway1.gate.bias",
                Programs.vector(-1000, 1000));
        assertArrayEquals(new double[]{3, 16}, predict("network Test(x: [2]) { x -> Highway(y => y^2) }", closed, 3, 4));
    }

    @Test
    void penalties_hold_for_weights_but_not_for_biases() {
        String network = "network Test(x: [2]) -> y: [1] { x -> Dense(1, init: constant(-2)) }\n" + RECIPE;
        double plain = trainingLoss(network);
        assertEquals(plain + 0.5 * 4, trainingLoss(network.replace("rate: 0.1)", "rate: 0.1)\n penalty = l1(0.5)")), 1e-12);
        assertEquals(plain + 0.5 * 8, trainingLoss(network.replace("rate: 0.1)", "rate: 0.1)\n penalty = l2(0.5)")), 1e-12);
        assertEquals(plain + 0.5 * (0.25 * 4 + 0.375 * 8),
                trainingLoss(network.replace("rate: 0.1)", "rate: 0.1)\n penalty = elastic(0.5, share: 0.25)")), 1e-12);
        assertEquals(plain + 0.5 * 12, trainingLoss(network.replace("rate: 0.1)", "rate: 0.1)\n penalty = [l1(0.5), l2(0.5)]")), 1e-12);
    }

    private static double trainingLoss(String network) {
        Model model = Library.model(network);
        return Programs.batched(Elaborate.train(model.recipe().orElseThrow()), Programs.join(Programs.initial(model, 1),
                Map.of("x", Programs.matrix(2, 1, 0, 0, 1), "target", Programs.matrix(2, 1, 2)))).get("loss").data()[0];
    }

    @Test
    void initializers_are_named_as_they_were_given() {
        Model model = Library.model("network Test(x: [2]) { x -> Dense(3, init: normal(0, 0.1)) -> Dense(3, init: 0.5) }");
        assertEquals("[normal(0, 0.1), zeros, 0.5, zeros]", model.parameters().stream().map(Parameter::initializer).toList().toString());
    }
}
