package nnet.compiler.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import nnet.compiler.elaborate.Elaborate;
import nnet.compiler.model.Model;
import nnet.compiler.tensor.Interpreter;
import nnet.compiler.tensor.Tensor;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Windows, convolutions and padding against their definitions, written as loops.
class WindowsTest {

    private static Tensor tensor(Shape shape) {
        double[] data = IntStream.range(0, shape.size().size()).mapToDouble(i -> Math.sin(1 + 0.7 * i)).toArray();
        return new Tensor(new TensorType(nnet.compiler.type.ElementType.F32, shape), data);
    }

    private static Tensor run(String header, String expression, Map<String, Tensor> inputs) {
        Model model = Library.model("network Test(" + header + ") {\n" + expression + "\n}");
        return Interpreter.run(Elaborate.infer(model), inputs).values().iterator().next();
    }

    private static double[] ofVector(String expression, double... x) {
        return Programs.ofVector(expression, x);
    }

    private static String shape(String input, String expression) {
        return Library.model("network Test(x: " + input + ") {\n" + expression + "\n}").outputs().getFirst().type().shape().toString();
    }

    /// y[o, p] = the sum over c and k of x[c, p * stride + k * dilation - padding] w[o, c, k], where c runs over the channels of the group of o.
    @ParameterizedTest
    @CsvSource({"1,0,1,1", "2,0,1,1", "1,1,1,1", "3,2,1,1", "1,2,2,1", "2,3,3,2", "1,1,1,4"})
    void convolve_is_the_sum_of_products_over_a_window(int stride, int padding, int dilation, int groups) {
        Tensor x = tensor(Shape.of(4, 9));
        Tensor w = tensor(Shape.of(8, 4 / groups, 3));
        Tensor y = run("x: [4, 9], w: [8, " + 4 / groups + ", 3]", "convolve(x, w, stride: " + stride + ", padding: " + padding
                + ", dilation: " + dilation + ", groups: " + groups + ")", Map.of("x", x, "w", w));
        int positions = (9 + 2 * padding - 2 * dilation - 1) / stride + 1;
        assertEquals(Shape.of(8, positions), y.type().shape());
        double[] expected = new double[8 * positions];
        for (int o = 0; o < 8; o++) {
            for (int p = 0; p < positions; p++) {
                for (int c = 0; c < 4 / groups; c++) {
                    for (int k = 0; k < 3; k++) {
                        int at = p * stride + k * dilation - padding;
                        int channel = o / (8 / groups) * (4 / groups) + c;
                        double value = at >= 0 && at < 9 ? x.data()[channel * 9 + at] : 0;
                        expected[o * positions + p] += value * w.data()[(o * (4 / groups) + c) * 3 + k];
                    }
                }
            }
        }
        assertArrayEquals(expected, y.data(), 1e-12);
    }

    /// Each element x[c, p] adds x[c, p] w[c, o, k] to y[o, p * stride + k * dilation - padding].
    @ParameterizedTest
    @CsvSource({"1,0,0,1,1", "2,0,0,1,1", "2,1,1,1,1", "3,1,2,2,2", "2,1,0,1,4"})
    void a_transposed_convolution_adds_each_element_to_a_window(int stride, int padding, int more, int dilation, int groups) {
        Tensor x = tensor(Shape.of(4, 5));
        Tensor w = tensor(Shape.of(4, 2, 3));
        Tensor y = run("x: [4, 5], w: [4, 2, 3]", "convolve_transposed(x, w, stride: " + stride + ", padding: " + padding
                + ", output_padding: " + more + ", dilation: " + dilation + ", groups: " + groups + ")", Map.of("x", x, "w", w));
        int size = 4 * stride - 2 * padding + 2 * dilation + more + 1;
        assertEquals(Shape.of(2 * groups, size), y.type().shape());
        double[] expected = new double[2 * groups * size];
        for (int c = 0; c < 4; c++) {
            for (int p = 0; p < 5; p++) {
                for (int k = 0; k < 3; k++) {
                    int at = p * stride + k * dilation - padding;
                    for (int o = 0; o < 2 && at >= 0 && at < size; o++) {
                        expected[(c / (4 / groups) * 2 + o) * size + at] += x.data()[c * 5 + p] * w.data()[(c * 2 + o) * 3 + k];
                    }
                }
            }
        }
        assertArrayEquals(expected, y.data(), 1e-12);
    }

    @Test
    void windows_give_an_axis_of_positions_and_an_axis_of_taps_for_each_axis() {
        assertEquals("[3, 3, 4, 2, 3]", shape("[3, 4, 6]", "windows(x, [2, 3])"));
        assertEquals("[3, 2, 3, 2, 2]", shape("[3, 4, 6]", "windows(x, 2, stride: 2)"));
        assertArrayEquals(new double[]{1, 2, 3, 2, 3, 4}, ofVector("windows(x, [3])", 1, 2, 3, 4));
        assertArrayEquals(new double[]{-7, 1, 2, 2, 3, -7},
                ofVector("windows(x, [3], stride: 2, padding: [[1, 1]], fill: -7)", 1, 2, 3));
    }

    @Test
    void same_gives_a_window_for_each_stride_and_what_is_odd_goes_behind() {
        assertArrayEquals(new double[]{1, 2, 2, 3, 3, 0}, ofVector("windows(x, [2], padding: \"same\")", 1, 2, 3));
        assertEquals("[3, 4, 3, 3, 3]", shape("[3, 7, 6]", "windows(x, 3, stride: 2, padding: \"same\")"));
        assertEquals("[8, 14, 12]",
                Library.model("network Test(x: [3, 7, 6], w: [3, 8, 4, 4]) { convolve_transposed(x, w, stride: 2, padding: \"same\") }")
                        .outputs().getFirst().type().shape().toString());
    }

    @Test
    void a_last_partial_window_counts_where_asked_for_unless_it_begins_in_the_padding_behind() {
        assertEquals("[2, 3]", shape("[6]", "windows(x, [3], stride: 2, ceil: false) -> reshape([2, 3])"));
        assertEquals("[3, 3]", shape("[6]", "windows(x, [3], stride: 2, ceil: true)"));
        assertEquals("[2, 2]", shape("[3]", "windows(x, [2], stride: 2, padding: 1, ceil: true)"));
        assertEquals("[1, 3]", shape("[2]", "windows(x, [3], stride: 2, ceil: true)"));
    }

    @Test
    void pools_are_maxima_and_means_of_windows() {
        assertArrayEquals(new double[]{5, 5, 4}, ofVector("max(windows(x, [2], padding: 1, stride: 2, fill: -infinity), axis: -1)",
                5, 1, 5, -2, 4));
        assertArrayEquals(new double[]{3, 2}, ofVector("mean(windows(x, [2], stride: 2), axis: -1)", 5, 1, 5, -1));
    }

    @Test
    void padding_repeats_mirrors_or_fills() {
        assertArrayEquals(new double[]{0, 1, 2, 3, 0, 0}, ofVector("pad(x, [[1, 2]])", 1, 2, 3));
        assertArrayEquals(new double[]{9, 1, 2, 3, 9}, ofVector("pad(x, 1, value: 9)", 1, 2, 3));
        assertArrayEquals(new double[]{3, 2, 1, 2, 3, 2, 1}, ofVector("pad(x, 2, mode: \"reflect\")", 1, 2, 3));
        assertArrayEquals(new double[]{1, 1, 1, 2, 3, 3}, ofVector("pad(x, [[2, 1]], mode: \"edge\")", 1, 2, 3));
        assertArrayEquals(new double[]{2, 3, 1, 2, 3, 1}, ofVector("pad(x, [[2, 1]], mode: \"circular\")", 1, 2, 3));
        assertEquals("[2, 5, 8]", shape("[2, 3, 4]", "pad(x, [1, 2])"));
        assertArrayEquals(new double[]{1, 2}, Arrays.copyOf(ofVector("pad(x, 0)", 1, 2), 2));
    }
}
