package nnet.bench.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Layers of images beside convolutions. What DJL does not offer is put together from libtorch's operations, so that its gradients are libtorch's all the same. Each layer
/// stands behind a convolution, so that the gradient of its input is seen.
final class ImageReferences {
    private static final float EPSILON = 1e-5f;
    /// How DJL numbers straight lines between the centres of pixels.
    private static final int BILINEAR = 1;

    private ImageReferences() {}

    static Map<String, Reference> all() {
        Map<String, Reference> all = new LinkedHashMap<>();
        all.put("adaptive_average_pool2d", of(ImageReferences::adaptive));
        all.put("average_pool2d_overlapping", of(x -> Pool.avgPool2d(x, new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), false, true)));
        all.put("conv2d_depthwise_stride", ImageReferences::depthwise);
        all.put("group_norm", ImageReferences::groupNorm);
        all.put("instance_norm", of(ImageReferences::instanceNorm));
        all.put("local_response_norm", of(ImageReferences::localResponseNorm));
        all.put("max_pool2d_wide", wide(x -> Pool.maxPool2d(x, new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), false)));
        all.put("pad_circular", of(x -> padded(x, 8, 0)));
        all.put("pad_edge", of(x -> padded(x, 0, 8)));
        all.put("pad_reflect", of(x -> padded(x, 1, 7)));
        all.put("pixel_shuffle", of(x -> x.reshape(-1, 1, 2, 2, 9, 11).transpose(0, 1, 4, 2, 5, 3).reshape(-1, 1, 18, 22)));
        all.put("upsample_bilinear", of(x -> x.getNDArrayInternal().interpolation(new long[]{18, 33}, BILINEAR, false)));
        all.put("upsample_nearest", of(x -> x.repeat(2, 2).repeat(3, 3)));
        return all;
    }

    private static Reference of(UnaryOperator<NDArray> layer) {
        return leaves -> Reference.Result.squared(leaves, layer.apply(before(leaves, 9, 11)));
    }

    private static Reference wide(UnaryOperator<NDArray> layer) {
        return leaves -> Reference.Result.squared(leaves, layer.apply(before(leaves, 10, 38)));
    }

    /// Two channels become four, pixel by pixel.
    private static NDArray before(Leaves leaves, int height, int width) {
        return Conv2d.conv2d(leaves.input("x", 2, height, width), leaves.parameter("before.weight", 4, 2, 1, 1),
                leaves.parameter("before.bias", 4)).singletonOrThrow();
    }

    /// Lines of a few vectors, each with a rest.
    private static Reference.Result depthwise(Leaves leaves) {
        NDList output = Conv2d.conv2d(before(leaves, 10, 38), leaves.parameter("conv.weight", 4, 1, 3, 3), leaves.parameter("conv.bias", 4),
                new Shape(2, 2), new Shape(1, 1), new Shape(1, 1), 4);
        return Reference.Result.squared(leaves, output.singletonOrThrow());
    }

    /// Means of the cells of a grid of 2 by 3, whose borders are at floor(i h / 2) and ceil((i + 1) h / 2).
    private static NDArray adaptive(NDArray x) {
        NDList rows = new NDList();
        for (String row : new String[]{"0:5", "4:9"}) {
            NDList cells = new NDList();
            for (String column : new String[]{"0:4", "3:8", "7:11"}) {
                cells.add(x.get(new NDIndex(":, :, " + row + ", " + column)).mean(new int[]{3}, true).mean(new int[]{2}, true));
            }
            rows.add(NDArrays.concat(cells, 3));
        }
        return NDArrays.concat(rows, 2);
    }

    /// Two groups of two channels.
    private static Reference.Result groupNorm(Leaves leaves) {
        NDArray rows = before(leaves, 9, 11).reshape(-1, 2, 2 * 9 * 11);
        NDArray centered = rows.sub(rows.mean(new int[]{2}, true));
        NDArray variance = centered.square().mean(new int[]{2}, true);
        NDArray standardized = centered.div(variance.add(EPSILON).sqrt()).reshape(-1, 4, 9, 11);
        return Reference.Result.squared(leaves, standardized.mul(leaves.scale("norm.scale", 4).reshape(1, 4, 1, 1))
                .add(leaves.parameter("norm.shift", 4).reshape(1, 4, 1, 1)));
    }

    /// Batch normalisation of one example that has the channels of all: what libtorch does itself.
    private static NDArray instanceNorm(NDArray x) {
        long channels = x.getShape().get(0) * 4;
        NDManager manager = x.getManager();
        Shape shape = new Shape(channels);
        NDList output = BatchNorm.batchNorm(x.reshape(1, channels, 9, 11), manager.zeros(shape), manager.ones(shape), manager.ones(shape),
                manager.zeros(shape), 1, 0.9f, EPSILON, true);
        return output.singletonOrThrow().reshape(-1, 4, 9, 11);
    }

    /// The mean of the squares of three channels, as an average over windows along them.
    private static NDArray localResponseNorm(NDArray x) {
        NDArray squares = x.square().reshape(-1, 1, 4, 9 * 11);
        NDArray near = Pool.avgPool2d(squares, new Shape(3, 1), new Shape(1, 1), new Shape(1, 0), false, true).reshape(-1, 4, 9, 11);
        return x.div(near.mul(0.5f).add(2).pow(0.75f));
    }

    /// Two rows more: which of the nine come before the first and behind the last one.
    private static NDArray padded(NDArray x, int above, int below) {
        return row(x, above).concat(x, 2).concat(row(x, below), 2);
    }

    private static NDArray row(NDArray x, int row) {
        return x.get(new NDIndex(":, :, " + row + ":" + (row + 1)));
    }
}
