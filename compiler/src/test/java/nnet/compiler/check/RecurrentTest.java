package nnet.compiler.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import nnet.compiler.elaborate.Elaborate;
import nnet.compiler.model.Model;
import nnet.compiler.tensor.Interpreter;
import nnet.compiler.tensor.Tensor;
import org.junit.jupiter.api.Test;

/// Recurrent layers against their formulas, written once more as loops: sequences of 4 elements with 2 features, 3 units.
class RecurrentTest {

    private static final int LENGTH = 4;
    private static final int FEATURES = 2;
    private static final int UNITS = 3;
    private static final double[] X = new Random(1).doubles(LENGTH * FEATURES, -1, 1).toArray();

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /// All parameters random, by the last part of their path.
    private static Map<String, double[]> parameters(Model model) {
        Map<String, double[]> values = new LinkedHashMap<>();
        Random random = new Random(7);
        model.parameters().forEach(parameter -> values.put(parameter.path(),
                random.doubles(parameter.type().shape().size().size(), -1, 1).toArray()));
        return values;
    }

    private static double[] run(String layer, double[] x) {
        Model model = model(layer);
        Map<String, double[]> values = parameters(model);
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        model.parameters().forEach(parameter -> inputs.put(parameter.path(), new Tensor(parameter.type(), values.get(parameter.path()))));
        inputs.put("x", Programs.matrix(LENGTH, x));
        return Interpreter.run(Elaborate.infer(model), inputs).get("output").data();
    }

    private static Model model(String layer) {
        return Library.model("network Test(x: [4, 2]) { x -> " + layer + " }");
    }

    private static Map<String, double[]> named(String layer, String path) {
        Map<String, double[]> named = new LinkedHashMap<>();
        parameters(model(layer)).forEach((name, value) -> named.put(name.replace(path + ".", ""), value));
        return named;
    }

    /// v @ matrix + bias, column by column.
    private static double[] linear(double[] v, double[] matrix, double[] bias) {
        double[] result = bias.clone();
        for (int row = 0; row < v.length; row++) {
            for (int column = 0; column < bias.length; column++) {
                result[column] += v[row] * matrix[row * bias.length + column];
            }
        }
        return result;
    }

    private static double[] element(int t) {
        return Arrays.copyOfRange(X, t * FEATURES, (t + 1) * FEATURES);
    }

    @Test
    void a_plain_network_passes_on_what_it_knew() {
        for (DoubleUnaryOperator activation : new DoubleUnaryOperator[]{Math::tanh, x -> Math.max(x, 0)}) {
            String layer = activation.applyAsDouble(-1) < 0 ? "RNN(3)" : "RNN(3, relu)";
            Map<String, double[]> p = named(layer, "rnn1");
            double[] y = run(layer, X);
            double[] h = new double[UNITS];
            for (int t = 0; t < LENGTH; t++) {
                double[] known = linear(h, p.get("recurrent_weight"), p.get("bias"));
                h = Arrays.stream(linear(element(t), p.get("input_weight"), known)).map(activation).toArray();
                assertArrayEquals(h, Arrays.copyOfRange(y, t * UNITS, (t + 1) * UNITS), 1e-6);
            }
        }
    }

    @Test
    void an_lstm_keeps_adds_and_shows_as_its_gates_say() {
        assertArrayEquals(gated(new double[3 * UNITS], named("LSTM(3)", "lstm1")), run("LSTM(3)", X), 1e-6);
    }

    @Test
    void the_gates_of_a_peephole_lstm_see_the_cell() {
        Map<String, double[]> p = named("PeepholeLSTM(3)", "peephole_lstm1");
        assertArrayEquals(gated(p.get("peephole"), p), run("PeepholeLSTM(3)", X), 1e-6);
    }

    private static double[] gated(double[] peephole, Map<String, double[]> p) {
        double[] y = new double[LENGTH * UNITS];
        double[] h = new double[UNITS];
        double[] c = new double[UNITS];
        for (int t = 0; t < LENGTH; t++) {
            double[] gates = linear(element(t), p.get("input_weight"), linear(h, p.get("recurrent_weight"), p.get("bias")));
            for (int u = 0; u < UNITS; u++) {
                double keep = sigmoid(gates[UNITS + u] + peephole[UNITS + u] * c[u]);
                double add = sigmoid(gates[u] + peephole[u] * c[u]);
                c[u] = keep * c[u] + add * Math.tanh(gates[2 * UNITS + u]);
                h[u] = sigmoid(gates[3 * UNITS + u] + peephole[2 * UNITS + u] * c[u]) * Math.tanh(c[u]);
                y[t * UNITS + u] = h[u];
            }
        }
        return y;
    }

    @Test
    void an_lstm_begins_by_remembering() {
        double[] bias = Programs.initial(model("LSTM(2)"), 1).get("lstm1.bias").data();
        assertArrayEquals(new double[]{0, 0, 1, 1, 0, 0, 0, 0}, bias);
    }

    @Test
    void a_gru_mixes_what_it_knew_with_a_candidate() {
        Map<String, double[]> p = named("GRU(3)", "gru1");
        double[] y = run("GRU(3)", X);
        double[] h = new double[UNITS];
        for (int t = 0; t < LENGTH; t++) {
            double[] see = linear(element(t), p.get("input_weight"), p.get("bias"));
            double[] know = linear(h, p.get("recurrent_weight"), p.get("recurrent_bias"));
            for (int u = 0; u < UNITS; u++) {
                double z = sigmoid(see[UNITS + u] + know[UNITS + u]);
                double candidate = Math.tanh(see[2 * UNITS + u] + sigmoid(see[u] + know[u]) * know[2 * UNITS + u]);
                h[u] = (1 - z) * candidate + z * h[u];
                assertEquals(h[u], y[t * UNITS + u], 1e-6);
            }
        }
    }

    @Test
    void the_backward_half_of_a_bidirectional_layer_comes_from_the_other_end() {
        double[] y = run("Bidirectional(GRU(3))", X);
        double[] changed = X.clone();
        changed[0] += 1;
        double[] z = run("Bidirectional(GRU(3))", changed);
        // At the last element, the forward half has seen the change of the first; the backward half has not.
        assertNotEquals(y[3 * 6], z[3 * 6]);
        assertArrayEquals(Arrays.copyOfRange(y, 3 * 6 + 3, 4 * 6), Arrays.copyOfRange(z, 3 * 6 + 3, 4 * 6));
        assertNotEquals(y[3], z[3]);
    }

    @Test
    void a_causal_convolution_sees_itself_and_elements_before() {
        double[] later = X.clone();
        later[6] += 1;
        assertArrayEquals(Arrays.copyOf(run("CausalConvolution(2, 2)", X), 6), Arrays.copyOf(run("CausalConvolution(2, 2)", later), 6));
        double[] first = X.clone();
        first[0] += 1;
        double[] y = run("CausalConvolution(1, 2, dilation: 3)", X);
        double[] z = run("CausalConvolution(1, 2, dilation: 3)", first);
        boolean[] differs = new boolean[LENGTH];
        for (int t = 0; t < LENGTH; t++) {
            differs[t] = y[t] != z[t];
        }
        assertArrayEquals(new boolean[]{true, false, false, true}, differs);
    }

    @Test
    void the_blocks_of_a_temporal_convolution_see_twice_as_far_each() {
        Model model = Library.model("network Test(x: [32, 1]) { x -> TemporalConvolution([4, 4, 4], kernel: 2) }");
        Map<String, Tensor> parameters = Programs.initial(model, 5);
        double[] x = new Random(3).doubles(32, 0, 1).toArray();
        double[] changed = x.clone();
        changed[0] += 1;
        double[] y = Interpreter.run(Elaborate.infer(model), Programs.join(parameters, Map.of("x", Programs.matrix(32, x)))).get("output")
                .data();
        double[] z = Interpreter.run(Elaborate.infer(model), Programs.join(parameters, Map.of("x", Programs.matrix(32, changed))))
                .get("output").data();
        // Two convolutions of 2 elements, 1, 2 and 4 apart, reach 2 * (1 + 2 + 4) elements back.
        assertArrayEquals(Arrays.copyOfRange(y, 15 * 4, 32 * 4), Arrays.copyOfRange(z, 15 * 4, 32 * 4));
        assertNotEquals(Arrays.toString(Arrays.copyOf(y, 15 * 4)), Arrays.toString(Arrays.copyOf(z, 15 * 4)));
    }
}
