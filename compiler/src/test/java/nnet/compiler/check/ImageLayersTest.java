package nnet.compiler.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import nnet.compiler.elaborate.Elaborate;
import nnet.compiler.model.Model;
import nnet.compiler.tensor.Interpreter;
import nnet.compiler.tensor.Tensor;
import nnet.compiler.type.TensorType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Layers of images: what they make of shapes, and what they compute.
class ImageLayersTest {

    private static String shape(String input, String layers) {
        return Library.model("network Test(x: " + input + ") { x -> " + layers + " }").outputs().getFirst().type().shape().toString();
    }

    /// What layers make of an image [1, 2, 3], or of as many numbers in another shape.
    private static double[] of(String shape, String layers, double... x) {
        return Programs.ofVector("x -> Reshape(" + shape + ") -> " + layers, x);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [3, 20]       | Conv1d(8, 5)                                                        | [8, 16]
            [3, 20]       | Conv1d(8, 5, stride: 2, padding: "same")                            | [8, 10]
            [4, 13, 12]   | Conv2d(8, kernel: 3)                                                | [8, 11, 10]
            [4, 13, 12]   | Conv2d(8, kernel: 3, stride: 2, padding: 1, groups: 2)              | [8, 7, 6]
            [4, 13, 12]   | Conv2d(8, kernel: [3, 5], dilation: [2, 1], padding: [2, 0])        | [8, 13, 8]
            [4, 13, 12]   | Conv2d(8, kernel: 4, stride: [2, 3], padding: "same")               | [8, 7, 4]
            [2, 5, 6, 7]  | Conv3d(4, kernel: [1, 2, 3])                                        | [4, 5, 5, 5]
            [4, 20]       | ConvTranspose1d(2, kernel: 3, stride: 2, output_padding: 1)         | [2, 42]
            [4, 7, 8]     | ConvTranspose2d(2, kernel: 4, stride: 2, padding: 1)                | [2, 14, 16]
            [4, 7, 8]     | DepthwiseConv2d(3, padding: 1, multiplier: 2)                       | [8, 7, 8]
            [4, 7, 8]     | SeparableConv2d(6, kernel: 3)                                       | [6, 5, 6]
            [4, 7, 8]     | ConvNorm(6, kernel: 3, stride: 2)                                   | [6, 4, 4]
            [4, 20]       | MaxPool1d(3)                                                        | [4, 6]
            [4, 7, 8]     | MaxPool2d(3, stride: 2)                                             | [4, 3, 3]
            [4, 7, 8]     | MaxPool2d(3, stride: 2, ceil: true)                                 | [4, 3, 4]
            [4, 6, 7, 8]  | MaxPool3d([1, 2, 2])                                                | [4, 6, 3, 4]
            [4, 20]       | AveragePool1d(4)                                                    | [4, 5]
            [4, 7, 8]     | AveragePool2d([2, 4])                                               | [4, 3, 2]
            [4, 6, 7, 8]  | AveragePool3d(2)                                                    | [4, 3, 3, 4]
            [4, 7, 8]     | GlobalAveragePool                                                   | [4]
            [4, 6, 7, 8]  | GlobalMaxPool                                                       | [4]
            [4, 7, 8]     | AdaptiveAveragePool2d([3, 4])                                       | [4, 3, 4]
            [4, 7, 8]     | Upsample([2, 3])                                                    | [4, 14, 24]
            [4, 7, 8]     | Pad([1, 2], "reflect")                                              | [4, 9, 12]
            [4, 7, 8]     | PixelShuffle(2)                                                     | [1, 14, 16]
            [4, 6, 8]     | PixelUnshuffle(2)                                                   | [16, 3, 4]
            """)
    void shapes_are_those_of_the_field(String input, String layers, String output) {
        assertEquals(output, shape(input, layers));
    }

    @Test
    void a_convolution_adds_a_bias_for_each_channel_and_activates() {
        Model model = Library.model("network Test(x: [1, 3, 3]) { x -> Conv2d(2, kernel: 2, activation: relu) }");
        Map<String, Tensor> inputs = Map.of("x", new Tensor(TensorType.f32(1, 3, 3), new double[]{1, 2, 3, 4, 5, 6, 7, 8, 9}),
                "conv2d1.weight", new Tensor(TensorType.f32(2, 1, 2, 2), new double[]{1, 0, 0, 1, -1, 1, 0, 0}),
                "conv2d1.bias", Programs.vector(10, -0.5));
        assertArrayEquals(new double[]{16, 18, 22, 24, 0.5, 0.5, 0.5, 0.5},
                Interpreter.run(Elaborate.infer(model), inputs).get("output").data());
    }

    @Test
    void pools_take_the_largest_and_the_mean() {
        assertArrayEquals(new double[]{4, 5, 9, 9}, of("[1, 2, 3]", "MaxPool2d(2, stride: 1, padding: [0, 1])", 1, 5, 3, 4, 2, 9));
        assertArrayEquals(new double[]{3, 4.75}, of("[1, 2, 3]", "AveragePool2d(2, stride: 1)", 1, 5, 3, 4, 2, 9));
        assertArrayEquals(new double[]{0.5, 1.5, 1}, of("[1, 2]", "AveragePool1d(2, stride: 1, padding: 1)", 1, 2));
        assertArrayEquals(new double[]{1, 1.5, 2}, of("[1, 2]", "AveragePool1d(2, stride: 1, padding: 1, count_padding: false)", 1, 2));
        assertArrayEquals(new double[]{2, 5}, of("[2, 1, 3]", "GlobalAveragePool", 1, 2, 3, 4, 5, 6));
        assertArrayEquals(new double[]{3, 6}, of("[2, 1, 3]", "GlobalMaxPool", 1, 2, 3, 4, 5, 6));
    }

    @Test
    void cells_of_an_adaptive_pool_share_what_lies_between_them() {
        assertArrayEquals(new double[]{1.5, 3.5}, of("[1, 1, 4]", "AdaptiveAveragePool2d([1, 2])", 1, 2, 3, 4), 1e-12);
        assertArrayEquals(new double[]{2, 4}, of("[1, 1, 5]", "AdaptiveAveragePool2d([1, 2])", 1, 2, 3, 4, 5), 1e-12);
    }

    @Test
    void upsampling_repeats_or_draws_lines() {
        assertArrayEquals(new double[]{1, 1, 2, 2, 1, 1, 2, 2}, of("[1, 1, 2]", "Upsample(2)", 1, 2));
        assertArrayEquals(new double[]{1, 1.25, 1.75, 2}, of("[1, 1, 2]", "Upsample([1, 2], \"bilinear\")", 1, 2), 1e-12);
    }

    @Test
    void shuffles_change_the_order_of_channels_and_positions() {
        assertArrayEquals(new double[]{1, 4, 2, 5, 3, 6}, of("[6, 1]", "ChannelShuffle(2)", 1, 2, 3, 4, 5, 6));
        assertArrayEquals(new double[]{1, 3, 2, 4, 5, 7, 6, 8}, of("[4, 1, 2]", "PixelShuffle(2)", 1, 2, 3, 4, 5, 6, 7, 8), 0);
        assertArrayEquals(new double[]{1, 2, 3, 4, 5, 6, 7, 8},
                of("[4, 1, 2]", "PixelShuffle(2) -> PixelUnshuffle(2)", 1, 2, 3, 4, 5, 6, 7, 8));
    }

    @Test
    void the_middle_of_an_image_is_cut_out() {
        assertArrayEquals(new double[]{5, 6},
                of("[1, 3, 4]", "(y => center_crop(y, 1, 2)) -> Flatten", 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
    }

    @Test
    void excitation_scales_each_channel() {
        Model model = Library.model("network Test(x: [2, 1, 2]) { x -> SqueezeExcitation(2) }");
        Map<String, Tensor> inputs = Map.of("x", new Tensor(TensorType.f32(2, 1, 2), new double[]{1, 3, 5, 7}),
                "squeeze_excitation1.squeeze.weight", Programs.matrix(2, 1, 0), "squeeze_excitation1.squeeze.bias", Programs.vector(0),
                "squeeze_excitation1.excite.weight", Programs.matrix(1, 0, 1), "squeeze_excitation1.excite.bias", Programs.vector(0, -2));
        assertArrayEquals(new double[]{0.5, 1.5, 2.5, 3.5}, Interpreter.run(Elaborate.infer(model), inputs).get("output").data(), 1e-12);
    }

    @Test
    void what_drops_in_training_passes_in_prediction() {
        assertArrayEquals(new double[]{1, 2, 3, 4}, of("[2, 2]", "SpatialDropout(0.5) -> StochasticDepth(0.5)", 1, 2, 3, 4));
    }

    @Test
    void channels_that_are_no_multiple_of_the_groups_are_told_in_the_words_of_the_layer() {
        Checked checked = Library.check("groups.nnet", "network Test(x: [3, 8, 8]) { x -> Conv2d(8, kernel: 3, groups: 2) }", Map.of());
        assertEquals("the channels of input and output must be multiples of `groups`", checked.diagnostics().getFirst().title());
        assertEquals(1, checked.diagnostics().size());
        assertEquals("groups.nnet", checked.diagnostics().getFirst().labels().getFirst().span().source().name());
    }
}
