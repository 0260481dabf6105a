package nnet.compiler.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import nnet.compiler.elaborate.Elaborate;
import nnet.compiler.model.Model;
import nnet.compiler.tensor.Interpreter;
import nnet.compiler.tensor.Tensor;
import org.junit.jupiter.api.Test;

class AttentionTest {

    private static double[] random(int seed, int size) {
        return new Random(seed).doubles(size, -1, 1).toArray();
    }

    private static double[] run(Model model, Map<String, Tensor> inputs) {
        return Interpreter.run(Elaborate.infer(model), Programs.join(Programs.initial(model, 3), inputs)).values().iterator().next().data();
    }

    /// A network over `x: [4, 8]`, with parameters of its own.
    private static double[] ofSequence(String expression, double[] x) {
        return run(Library.model("network Test(x: [4, 8]) {\n" + expression + "\n}"), Map.of("x", Programs.matrix(4, x)));
    }

    @Test
    void attention_weights_the_values_by_how_well_their_keys_match() {
        double[] mixed = Programs.infer("network Test(q: [1, 1], k: [2, 1], v: [2, 2]) { attention(q, k, v) }",
                Map.of("q", Programs.matrix(1, Math.log(3)), "k", Programs.matrix(2, 1, 0), "v", Programs.matrix(2, 4, 8, 0, 4)));
        assertArrayEquals(new double[]{3, 7}, mixed, 1e-12);
    }

    @Test
    void attention_is_scaled_by_the_root_of_the_width() {
        double[] mixed = Programs.infer("network Test(q: [1, 4], k: [2, 4], v: [2, 1]) { attention(q, k, v) }",
                Map.of("q", Programs.matrix(1, 2 * Math.log(3), 0, 0, 0), "k", Programs.matrix(2, 1, 0, 0, 0, 0, 0, 0, 0), "v",
                        Programs.matrix(2, 4, 0)));
        assertArrayEquals(new double[]{3}, mixed, 1e-12);
    }

    @Test
    void a_causal_block_does_not_see_what_comes_later() {
        double[] x = random(1, 32);
        double[] changed = x.clone();
        Arrays.fill(changed, 24, 32, 5);
        String causal = "x -> TransformerBlock(2, 16, causal: true, rotary: true)";
        assertArrayEquals(Arrays.copyOf(ofSequence(causal, x), 24), Arrays.copyOf(ofSequence(causal, changed), 24), 0);
        assertNotEquals(ofSequence("x -> TransformerBlock(2, 16)", x)[0], ofSequence("x -> TransformerBlock(2, 16)", changed)[0]);
    }

    @Test
    void attention_without_positions_does_not_know_an_order() {
        double[] x = random(2, 32);
        double[] swapped = new double[32];
        for (int row = 0; row < 4; row++) {
            System.arraycopy(x, row * 8, swapped, (3 - row) * 8, 8);
        }
        double[] y = ofSequence("x -> MultiHeadAttention(2)", x);
        double[] z = ofSequence("x -> MultiHeadAttention(2)", swapped);
        for (int row = 0; row < 4; row++) {
            assertArrayEquals(Arrays.copyOfRange(y, row * 8, row * 8 + 8), Arrays.copyOfRange(z, 24 - row * 8, 32 - row * 8), 1e-12);
        }
    }

    /// Two groups of two heads are four heads, of which neighbours have the same keys and values.
    @Test
    void heads_of_a_group_share_keys_and_values() {
        Model grouped = Library.model("network Test(x: [4, 8]) { x -> MultiHeadAttention(4, groups: 2, bias: false) }");
        Map<String, Tensor> parameters = new LinkedHashMap<>(Programs.initial(grouped, 3));
        Tensor x = Programs.matrix(4, random(4, 32));
        double[] expected = Interpreter.run(Elaborate.infer(grouped), Programs.join(parameters, Map.of("x", x))).get("output").data();
        double[] few = parameters.get("multi_head_attention1.projection.weight").data();
        double[] many = new double[8 * 24];
        for (int row = 0; row < 8; row++) {
            for (int column = 0; column < 24; column++) {
                int part = column / 8;
                int head = column % 8 / 2;
                int from = part == 0 ? column : 8 + (part - 1) * 4 + head / 2 * 2 + column % 2;
                many[row * 24 + column] = few[row * 16 + from];
            }
        }
        parameters.put("multi_head_attention1.projection.weight", Programs.matrix(8, many));
        Model full = Library.model("network Test(x: [4, 8]) { x -> MultiHeadAttention(4, bias: false) }");
        assertArrayEquals(expected,
                Interpreter.run(Elaborate.infer(full), Programs.join(parameters, Map.of("x", x))).get("output").data(), 1e-12);
    }

    @Test
    void products_of_rotated_vectors_depend_on_their_distance_alone() {
        double[] same = new double[32];
        double[] row = random(5, 8);
        for (int i = 0; i < 32; i++) {
            same[i] = row[i % 8];
        }
        double[] y = ofSequence("let r = rotary(x)\nr @ transposed(r)", same);
        assertEquals(y[0], y[5], 1e-6);
        assertEquals(y[1], y[6], 1e-6);
        assertEquals(y[2], y[7], 1e-6);
        assertNotEquals(y[0], y[1], 1e-3);
    }

    @Test
    void sinusoidal_positions_are_those_of_the_paper() {
        double[] y = ofSequence("sinusoidal(4, 8) + 0 * x", new double[32]);
        for (int position = 0; position < 4; position++) {
            for (int i = 0; i < 8; i++) {
                double angle = position / Math.pow(10_000, i / 2 * 2 / 8.0);
                assertEquals(i % 2 == 0 ? Math.sin(angle) : Math.cos(angle), y[position * 8 + i], 1e-6);
            }
        }
    }

    @Test
    void an_embedding_is_a_row_of_its_table_for_each_category() {
        String network = "network Test(x: category(3)[2]) { x -> Embedding(2) }";
        double[] y = Interpreter.run(Elaborate.infer(Library.model(network)),
                Map.of("x", Programs.categories(2, 0), "embedding1.weight", Programs.matrix(3, 1, 2, 3, 4, 5, 6))).get("output").data();
        assertArrayEquals(new double[]{5, 6, 1, 2}, y);
    }

    @Test
    void rms_norm_keeps_the_direction() {
        double root = Math.sqrt(12.5 + 1e-5);
        assertArrayEquals(new double[]{3 / root, 4 / root},
                run(Library.model("network Test(x: [2]) { x -> RMSNorm }"), Map.of("x", Programs.vector(3, 4))), 1e-12);
    }

    @Test
    void swiglu_gates_what_goes_up() {
        Map<String, Tensor> parameters = Map.of("swi_glu1.gate.weight", Programs.matrix(1, 1), "swi_glu1.up.weight",
                Programs.matrix(1, 3), "swi_glu1.down.weight", Programs.matrix(1, 10));
        double[] y = Interpreter.run(Elaborate.infer(Library.model("network Test(x: [1]) { x -> SwiGLU(1) }")),
                Programs.join(parameters, Map.of("x", Programs.vector(2)))).get("output").data();
        assertEquals(2 / (1 + Math.exp(-2)) * 6 * 10, y[0], 1e-9);
    }
}
