package nnet.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import nnet.runtime.Manifest;
import nnet.runtime.Network;
import nnet.runtime.Size;

/// The residual networks of the library (He et al., 2016, table 1), for one image. The weights are those that nnc begins with, for all contenders.
///
/// @param stages     blocks in each of the four stages
/// @param bottleneck whether a block has convolutions of 1 by 1, 3 by 3 and 1 by 1 instead of two of 3 by 3
/// @param operations additions and products for one image
record ResidualNetwork(int depth, int[] stages, boolean bottleneck, double operations) {
    static final ResidualNetwork SHALLOW = new ResidualNetwork(18, new int[]{2, 2, 2, 2}, false, 2 * 1_814_073_344e0);
    static final ResidualNetwork DEEP = new ResidualNetwork(50, new int[]{3, 4, 6, 3}, true, 2 * 4_089_184_256e0);

    static final int SIZE = 224;
    static final int CLASSES = 1000;
    /// With scales of 1 and statistics that nobody has measured, the sums of so many blocks would leave one class alone.
    private static final float SCALE = 0.25f;

    static Measurement of(ResidualNetwork network) {
        return Measurement.of(Pace.DEEP_INFERENCE,
                (contender, _, _) -> new Predictions(network.inference(contender), new float[][]{image()},
                        new float[CLASSES], 1, OptionalDouble.of(network.operations)));
    }

    private Inference inference(Contender contender) throws IOException {
        return switch (contender) {
            case NNC -> NncContenders.inference(network());
            case LIBTORCH -> new LibtorchResidual(this, network());
            case MACHINE, OPENBLAS, ONNX_RUNTIME, PLAIN_JAVA -> throw new IllegalArgumentException(contender.title);
        };
    }

    /// The network with its first weights.
    private Network network() throws IOException {
        Network network = NncContenders.residual(depth);
        for (Manifest.Weight weight : network.parameters()) {
            if (weight.path().endsWith(".scale")) {
                float[] scales = new float[weight.size()];
                Arrays.fill(scales, SCALE);
                network.setParameter(weight.path(), scales);
            }
        }
        return network;
    }

    private static float[] image() {
        Random random = new Random(SIZE);
        float[] image = new float[3 * SIZE * SIZE];
        for (int i = 0; i < image.length; i++) {
            image[i] = random.nextFloat();
        }
        return image;
    }

    /// The sizes of a weight.
    static List<Integer> shape(Manifest.Weight weight) {
        return weight.shape().stream().map(Size::factor).toList();
    }
}
