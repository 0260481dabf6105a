package nnet.compiler.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nnet.compiler.Compiler;
import nnet.compiler.VerifiedJourney;
import nnet.compiler.fuse.Cluster;
import nnet.compiler.fuse.Cluster.Kind;
import nnet.compiler.fuse.Fused;
import nnet.compiler.model.Model;
import nnet.compiler.plan.Footprint;
import nnet.compiler.schedule.Target;
import nnet.compiler.tensor.Graph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The image models of the library have as many parameters as the literature says, and become class files in their full size. They are put together, not computed:
/// nothing of their size is allocated.
class ImageModelsTest {

    private static final String PUBLISHED = """
            [1, 32, 32]   | LeNet                                        | 61706     | 156 + 2416 + 48120 + 10164 + 850, with C3 fully connected
            [3, 227, 227] | AlexNet                                      | 60965224  | Caffe, bvlc_alexnet
            [3, 224, 224] | AlexNetOneTower                              | 61100840  | torchvision, alexnet
            [3, 224, 224] | VGG16                                        | 138357544 | torchvision, vgg16
            [3, 224, 224] | GoogLeNet                                    | 6998552   | Caffe, bvlc_googlenet without auxiliary classifiers
            [3, 224, 224] | GoogLeNet(1000, unit: ConvNorm, large: 3)    | 6624904   | torchvision, googlenet without auxiliary classifiers
            [3, 224, 224] | ResNet18                                     | 11689512  | torchvision, resnet18
            [3, 224, 224] | ResNet34                                     | 21797672  | torchvision, resnet34
            [3, 224, 224] | ResNet50                                     | 25557032  | torchvision, resnet50
            [3, 224, 224] | ResNet101                                    | 44549160  | torchvision, resnet101
            [3, 224, 224] | SEResNet50                                   | 28088024  | timm, seresnet50
            [3, 224, 224] | DenseNet121                                  | 7978856   | torchvision, densenet121
            [3, 299, 299] | Xception                                     | 22855952  | Keras, trainable parameters
            [3, 224, 224] | SqueezeNet                                   | 1248424   | torchvision, squeezenet1_0
            [3, 224, 224] | MobileNet                                    | 4231976   | Keras, trainable parameters
            [3, 224, 224] | MobileNetV2                                  | 3504872   | torchvision, mobilenet_v2
            [3, 224, 224] | ShuffleNetV2                                 | 2278604   | torchvision, shufflenet_v2_x1_0
            [1, 572, 572] | UNet                                         | 31030658  | figure 1 of the paper, counted
            [3, 416, 416] | TinyYOLO                                     | 15861773  | Darknet, tiny-yolo-voc.cfg: 15867885 with running statistics
            [100]         | DCGANGenerator                               | 3576704   | PyTorch's tutorial on DCGAN
            [3, 64, 64]   | DCGANDiscriminator                           | 2765568   | PyTorch's tutorial on DCGAN
            """;

    private static long parameters(String input, String model) {
        return Library.model("import nnet.models.*\nnetwork Image(x: " + input + ") { x -> " + model + " }").parameters().stream()
                .mapToLong(parameter -> parameter.type().shape().size().size()).sum();
    }

    static Stream<Arguments> published() {
        return PUBLISHED.lines().map(line -> line.split("[|]"))
                .map(row -> Arguments.of(row[0].strip(), row[1].strip(), Long.valueOf(row[2].strip()), row[3].strip()));
    }

    @ParameterizedTest
    @MethodSource("published")
    void have_as_many_parameters_as_published(String input, String model, long count, String source) {
        assertEquals(count, parameters(input, model), source);
    }

    @Test
    void a_feature_pyramid_has_a_projection_and_a_convolution_for_each_of_four_images() {
        String network = """
                import nnet.models.FeaturePyramid
                network Pyramid(c2: [256, 32, 32], c3: [512, 16, 16], c4: [1024, 8, 8], c5: [2048, 4, 4])
                    -> (p2: [256, 32, 32], p3: [256, 16, 16], p4: [256, 8, 8], p5: [256, 4, 4]) {
                  (c2, c3, c4, c5) -> FeaturePyramid
                }
                """;
        long count = Library.model(network).parameters().stream().mapToLong(parameter -> parameter.type().shape().size().size()).sum();
        assertEquals((256 + 512 + 1024 + 2048 + 4) * 256 + 4 * (9 * 256 + 1) * 256, count);
    }

    @ParameterizedTest
    @MethodSource("published")
    void say_how_many_parameters_they_have(String input, String model, long count, String source) {
        assertTrue(Library.models().contains("%,d".formatted(count)), model + " does not say that it has " + count);
    }

    /// 53 convolutions and a dense layer, each with all that follows it element by element; a pool; the mean over positions, and the softmax. No image is copied into
    /// another layout: the strided shortcuts read every second element where it lies. Most is alive where the second stage ends: its result, and what the convolutions
    /// beside the shortcut give.
    @Test
    void aPredictionOfResNet50IsAKernelForEachLayer() {
        Compiler compiler = new Compiler(new VerifiedJourney());
        Graph infer = compiler.graphs(Library.model("import nnet.models.*\nnetwork Image(x: [3, 224, 224]) { x -> ResNet50 }")).stream()
                .filter(graph -> graph.name().equals("infer")).findFirst().orElseThrow();
        Fused fused = compiler.fused(infer);
        assertEquals(Map.of(Kind.CONTRACTION, 54L, Kind.FLAT, 1L, Kind.ROWS, 2L),
                fused.clusters().stream().collect(Collectors.groupingBy(Cluster::kind, Collectors.counting())));
        Footprint memory = Footprint.of(compiler.loops(List.of(fused), List.of(Target.SCALAR)).get(Target.SCALAR).getFirst(), 1);
        assertEquals(memory.alive(), memory.planned());
        assertEquals(4 * (802_816 + 401_408 + 100_352), memory.planned());
    }

    /// No kernel only moves data: concatenations, shuffles, crops and enlarged images are made by what computes their elements, or read in place, strided shortcuts too,
    /// and weights are laid out by program `settle`.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [1, 32, 32]   | LeNet
            [3, 227, 227] | AlexNet
            [3, 224, 224] | VGG16
            [3, 224, 224] | GoogLeNet
            [3, 224, 224] | ResNet18
            [3, 224, 224] | SEResNet50
            [3, 224, 224] | DenseNet121
            [3, 299, 299] | Xception
            [3, 224, 224] | SqueezeNet
            [3, 224, 224] | MobileNet
            [3, 224, 224] | MobileNetV2
            [3, 224, 224] | ShuffleNetV2
            [1, 572, 572] | UNet
            [3, 416, 416] | TinyYOLO
            [3, 128, 128] | ResNet50Pyramid
            [1, 28, 28]   | ConvAutoencoder
            [100]         | DCGANGenerator
            [3, 64, 64]   | DCGANDiscriminator
            """)
    void copyNothingInAPrediction(String input, String model) {
        Compiler compiler = new Compiler(new VerifiedJourney());
        Model network = Library.model("import nnet.models.*\nnetwork Image(x: " + input + ") { x -> " + model + " }");
        List<Fused> programs = compiler.fused(compiler.graphs(network));
        assertEquals(0, programs.stream().filter(fused -> fused.graph().name().equals("infer")).mapToLong(Copies::count).sum());
        ClassFiles.verify(compiler.kernels(network, programs, Target.SCALAR));
    }
}
