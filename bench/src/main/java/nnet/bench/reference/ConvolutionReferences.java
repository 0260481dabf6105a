package nnet.bench.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv1d;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.convolutional.Conv3d;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Convolutions and pooling. Each stands behind another layer, so that the gradient of its input is seen as well.
final class ConvolutionReferences {
    private static final float EPSILON = 1e-5f;

    private ConvolutionReferences() {}

    static Map<String, Reference> all() {
        Map<String, Reference> all = new LinkedHashMap<>();
        all.put("conv1d", leaves -> squared(leaves, Conv1d.conv1d(before1d(leaves), leaves.parameter("conv.weight", 6, 4, 3),
                leaves.parameter("conv.bias", 6), new Shape(2), new Shape(1), new Shape(1))));
        all.put("conv2d", conv2d(3, 1, 0, 1, 1));
        all.put("conv2d_same", conv2d(3, 1, 1, 1, 1));
        all.put("conv2d_stride", conv2d(3, 2, 1, 1, 1));
        all.put("conv2d_dilation", conv2d(3, 1, 2, 2, 1));
        all.put("conv2d_groups", conv2d(3, 1, 1, 1, 2));
        all.put("conv2d_depthwise", conv2d(3, 1, 1, 1, 4));
        all.put("conv2d_pointwise", conv2d(1, 1, 0, 1, 1));
        all.put("conv3d", leaves -> {
            NDArray hidden = Conv3d.conv3d(leaves.input("x", 2, 5, 6, 7), leaves.parameter("before.weight", 3, 2, 1, 1, 1),
                    leaves.parameter("before.bias", 3)).singletonOrThrow();
            return squared(leaves, Conv3d.conv3d(hidden, leaves.parameter("conv.weight", 4, 3, 3, 3, 3), leaves.parameter("conv.bias", 4),
                    new Shape(1, 2, 1), new Shape(1, 1, 0)));
        });
        all.put("conv2d_transpose", leaves -> squared(leaves, transposed(before2d(leaves), leaves.parameter("conv.weight", 4, 6, 3, 3),
                leaves.parameter("conv.bias", 6))));
        all.put("max_pool2d", pooled(x -> Pool.maxPool2d(x, new Shape(2, 2), new Shape(2, 2), new Shape(0, 0), false)));
        all.put("max_pool2d_overlapping", pooled(x -> Pool.maxPool2d(x, new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), false)));
        all.put("average_pool2d", pooled(x -> Pool.avgPool2d(x, new Shape(2, 2), new Shape(2, 2), new Shape(0, 0), false, true)));
        all.put("global_average_pool2d", pooled(Pool::globalAvgPool2d));
        all.put("batch_norm2d", leaves -> {
            NDArray hidden = before2d(leaves);
            NDArray zeros = hidden.getManager().zeros(new Shape(4));
            NDArray ones = hidden.getManager().ones(new Shape(4));
            return squared(leaves,
                    BatchNorm.batchNorm(hidden, zeros, ones, leaves.scale("norm.scale", 4), leaves.parameter("norm.shift", 4), 1, 0.9f,
                            EPSILON, true));
        });
        return all;
    }

    private static Reference pooled(UnaryOperator<NDArray> pool) {
        return leaves -> Reference.Result.squared(leaves, pool.apply(before2d(leaves)));
    }

    private static Reference conv2d(int kernel, int stride, int padding, int dilation, int groups) {
        return leaves -> squared(leaves, Conv2d.conv2d(before2d(leaves), leaves.parameter("conv.weight", 8, 4 / groups, kernel, kernel),
                leaves.parameter("conv.bias", 8), new Shape(stride, stride), new Shape(padding, padding), new Shape(dilation, dilation),
                groups));
    }

    private static Reference.Result squared(Leaves leaves, NDList output) {
        return Reference.Result.squared(leaves, output.head());
    }

    /// A transposed convolution of stride 2 and padding 1, which DJL does not offer: rows and columns of zeros between the pixels, then the convolution with the
    /// mirrored weight.
    private static NDList transposed(NDArray x, NDArray weight, NDArray bias) {
        long[] shape = x.getShape().getShape();
        NDArray single = x.reshape(shape[0], shape[1], shape[2], 1, shape[3], 1);
        NDArray rows = single.concat(single.zerosLike(), 3);
        NDArray spread = rows.concat(rows.zerosLike(), 5).reshape(shape[0], shape[1], 2 * shape[2], 2 * shape[3]);
        NDArray between = spread.get(new NDIndex(":, :, :-1, :-1"));
        return Conv2d.conv2d(between, weight.flip(2, 3).transpose(1, 0, 2, 3), bias, new Shape(1, 1), new Shape(1, 1));
    }

    /// Two channels become four, pixel by pixel.
    private static NDArray before2d(Leaves leaves) {
        return Conv2d.conv2d(leaves.input("x", 2, 9, 11), leaves.parameter("before.weight", 4, 2, 1, 1), leaves.parameter("before.bias", 4))
                .singletonOrThrow();
    }

    private static NDArray before1d(Leaves leaves) {
        return Conv1d.conv1d(leaves.input("x", 2, 17), leaves.parameter("before.weight", 4, 2, 1), leaves.parameter("before.bias", 4))
                .singletonOrThrow();
    }
}
