package nnet.compiler.check;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Image models at a reduced size take a step of training, their loss has the slope that their gradients say, and all their programs become class files.
class ImageTrainingTest {

    /// Narrow convolutions, as the units of a network whose widths are written in it.
    private static final String THIN = """
            layer Thin(channels: int, kernel: int, stride: int = 1, activation: fn = relu)(x: [c, h, w]) {
              x -> ConvRelu(channels / 8, kernel, stride, activation)
            }
            """;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [1, 32, 32] | LeNet(4)
            [3, 67, 67] | AlexNet(4, hidden: 8)
            [3, 32, 32] | VGG([1, 1, 2, 1, 1], 4, width: 2, hidden: 8)
            [3, 48, 48] | GoogLeNet(4, unit: Thin)
            [3, 32, 32] | ResNet(BasicBlock, [1, 2, 1, 1], 4, width: 2)
            [3, 32, 32] | ResNet(Bottleneck, [1, 1, 1, 1], 4, width: 2)
            [3, 32, 32] | ResNet(SEBottleneck, [1, 1, 1, 1], 4, width: 4)
            [3, 32, 32] | DenseNet([2, 2, 2, 1], 4, growth: 4)
            [3, 75, 75] | Xception(4, width: 0.03125)
            [3, 40, 40] | SqueezeNet(4)
            [3, 32, 32] | MobileNet(4, width: 0.0625)
            [3, 64, 64] | MobileNetV2(4, width: 0.125)
            [3, 32, 32] | ShuffleNetV2(4, widths: [4, 8, 16, 8])
            """)
    void classifiers_learn(String input, String model) {
        learns(input, "category(4)", model, "cross_entropy");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [1, 16, 16] | [16, 16, 2]  | UNet(2, width: 1, padding: 1)           | mean_squared_error
            [3, 64, 64] | [2, 7, 2, 2] | TinyYOLO(2, [[1, 2], [2, 1]], width: 1) | (y, target) => yolo_loss(y, sigmoid(target))
            [1, 8, 8]   | [1, 8, 8]    | ConvAutoencoder(4, width: 2)            | mean_squared_error
            [4]         | [1, 64, 64]  | DCGANGenerator(1, width: 1)             | mean_squared_error
            [1, 64, 64] | [1]          | DCGANDiscriminator(width: 1)            | mean_squared_error
            [3, 32, 32] | [3, 8, 8]    | ResNetFeatures(BasicBlock, [1, 1, 1, 1], 2) -> FeaturePyramid(3) -> ((p2, p3, p4, p5) => p2 + (p3 -> Upsample(2)) + (p4 -> Upsample(4)) + (p5 -> Upsample(8))) | mean_squared_error
            [3, 9, 8]   | [2]          | SpatialDropout(0.3) -> Residual(-> ConvNorm(3, 3) -> StochasticDepth(0.3)) -> Upsample(2, "bilinear") -> PixelUnshuffle(2) -> AdaptiveAveragePool2d([2, 3]) -> Pad(1, "reflect") -> LocalResponseNorm -> GroupNorm(2) -> GlobalAveragePool -> Dense(2) | mean_squared_error
            """)
    void models_of_other_kinds_learn(String input, String output, String model, String loss) {
        learns(input, output, model, loss);
    }

    private static void learns(String input, String output, String model, String loss) {
        Training training = Training.of("import nnet.models.*\n" + THIN + """
                network Image(x: %s) -> %s { x -> %s }
                train Image {
                  loss      = %s
                  optimizer = SGD(rate: 0.1)
                }
                """.formatted(input, output, model, loss));
        training.hasTheSlopeOfItsGradient();
        training.compiles();
    }
}
