package nnet.compiler.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import nnet.compiler.differentiate.Differentiate;
import nnet.compiler.elaborate.Elaborate;
import nnet.compiler.model.Model;
import nnet.compiler.model.Parameter;
import nnet.compiler.optimise.Optimise;
import nnet.compiler.tensor.Batch;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Interpreter;
import nnet.compiler.tensor.Tensor;
import nnet.compiler.type.Dim;
import org.junit.jupiter.api.Test;

/// What `scan` means.
class ScansTest {

    private static double[] of(String body, double... x) {
        return Programs.ofVector(body, x);
    }

    @Test
    void without_emit_the_value_is_what_is_carried_at_the_end() {
        assertArrayEquals(new double[]{10}, of("reshape(scan x as e with sum = 0 { sum = sum + e }, [1])", 1, 2, 3, 4));
        assertArrayEquals(new double[]{10, 24}, of("""
                let (sum, product) = scan x as e with sum = 0, product = 1 { sum = sum + e; product = product * e }
                stack_of(sum, product)
                }
                fn stack_of(a, b) {
                concat(reshape(a, [1]), reshape(b, [1]))""", 1, 2, 3, 4));
    }

    @Test
    void carried_values_have_names() {
        assertArrayEquals(new double[]{24}, of("""
                let result = scan x as e with sum = 0, product = 1 { sum = sum + e; product = product * e }
                reshape(result.product, [1])""", 1, 2, 3, 4));
    }

    @Test
    void with_emit_the_value_is_what_the_steps_emit() {
        assertArrayEquals(new double[]{1, 3, 6, 10}, of("scan x as e with sum = 0 { sum = sum + e; emit sum }", 1, 2, 3, 4));
        assertArrayEquals(new double[]{2, 4, 6}, of("scan x as e { emit 2 * e }", 1, 2, 3));
    }

    @Test
    void what_is_emitted_backwards_lies_at_the_place_of_its_element() {
        assertArrayEquals(new double[]{10, 9, 7, 4}, of("scan x as e backwards with sum = 0 { sum = sum + e; emit sum }", 1, 2, 3, 4));
    }

    @Test
    void several_sequences_and_several_results() {
        assertArrayEquals(new double[]{1, 5, 14, -3, -3, -3}, of("""
                let (sums, differences) = scan x as a, x + 3 as b with sum = 0 {
                  sum = sum + a * a
                  emit (sum, a - b)
                }
                concat(sums, differences)""", 1, 2, 3));
    }

    @Test
    void the_next_value_is_the_last_one_assigned_and_others_see_it_at_once() {
        assertArrayEquals(new double[]{1, 3, 7}, of("""
                scan x as e with a = 0, b = 0 {
                  a = a + e
                  b = a + b
                  a = a + 0 * b
                  emit a + (b - b) + (e - e) + (if e > 1 { e - 2 } else { 0 })
                }""", 1, 2, 3));
    }

    @Test
    void a_scan_in_a_scan() {
        assertArrayEquals(new double[]{6, 18, 36}, of("""
                scan x as e with total = 0 {
                  total = total + (scan x as f with inner = 0 { inner = inner + e * f })
                  emit total
                }""", 1, 2, 3));
    }

    @Test
    void layers_in_a_step_are_the_same_in_every_step() {
        Model model = Library.model("""
                network Test(x: [5, 3]) -> [4] {
                  scan x as x_t with h = zeros([4]) { h = concat(x_t, h) -> cell: Dense(4, tanh) }
                }
                """);
        assertEquals(List.of("cell.weight", "cell.bias"), model.parameters().stream().map(Parameter::path).toList());
    }

    @Test
    void random_numbers_differ_from_step_to_step() {
        Model model = Library.model("""
                initializer drawn()(shape) = scan iota(shape[0]) as i { emit sum(random_uniform([1])) }
                network Test(x: [8]) -> [8] {
                  param w: [8] = drawn
                  x * w
                }
                """);
        assertEquals(8, Arrays.stream(Programs.initial(model, 3).get("w").data()).distinct().count());
    }

    /// The derivative of the last sum by the weight counts the steps that the gradient reaches.
    @Test
    void truncation_cuts_the_gradient_between_parts() {
        assertEquals(1 + 2 + 3 + 4 + 5 + 6, slope("", 6), 1e-12);
        assertEquals(5 + 6, slope("truncate 2", 6), 1e-12);
        assertEquals(5, slope("truncate 4", 5), 1e-12);
        assertEquals(1 + 2 + 3 + 4 + 5 + 6, slope("truncate 100", 6), 1e-12);
    }

    private static double slope(String truncation, int steps) {
        Model model = Library.model("""
                network Test(x: [%d]) -> f32 {
                  param w: [1] = ones
                  scan x as e with h = 0 %s { h = h + e * sum(w) }
                }
                loss itself(y, target: f32) = y
                train Test { data = csv("a.csv"); loss = itself; optimizer = SGD(rate: 1) }
                """.formatted(steps, truncation));
        Graph train = Optimise.simplify(Batch.batch(Elaborate.train(model.recipe().orElseThrow()), Dim.symbol("batch")));
        Graph gradient = Optimise.optimise(Differentiate.gradients(train, "loss", List.of("w")));
        double[] x = new double[steps];
        Arrays.setAll(x, i -> i + 1);
        Map<String, Tensor> inputs = Map.of("x", Programs.matrix(1, x), "target", Programs.vector(0), "w", Programs.vector(1), "key",
                Programs.key(1));
        return Interpreter.run(gradient, inputs).get("w").data()[0];
    }
}
