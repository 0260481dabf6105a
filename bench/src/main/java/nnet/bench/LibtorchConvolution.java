package nnet.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;

/// libtorch's convolution through DJL; image and weights lie in native memory before the first run.
final class LibtorchConvolution implements Convolution {
    private final ConvolutionShape shape;
    private final NDManager manager;
    private final NDArray image;
    private final NDArray weights;
    private float[] result;

    LibtorchConvolution(ConvolutionShape shape, float[] image, float[] weights) {
        this.shape = shape;
        manager = NDManager.newBaseManager(Engine.getEngine("PyTorch").defaultDevice(), "PyTorch");
        this.image = manager.create(image, new Shape(1, shape.channels(), shape.size(), shape.size()));
        this.weights = manager.create(weights,
                new Shape(shape.filters(), shape.channels() / shape.groups(), shape.kernel(), shape.kernel()));
    }

    @Override
    public void run() {
        try (NDManager scope = manager.newSubManager()) {
            NDArray output = convolved(scope);
            if (result == null) {
                // The first time only: nobody else would copy it.
                result = output.toFloatArray();
            }
        }
    }

    private NDArray convolved(NDManager scope) {
        image.tempAttach(scope);
        weights.tempAttach(scope);
        return Conv2d.conv2d(image, weights, null, new Shape(shape.stride(), shape.stride()), new Shape(shape.padding(), shape.padding()),
                new Shape(1, 1), shape.groups()).singletonOrThrow();
    }

    @Override
    public float[] result() {
        return result;
    }

    @Override
    public void close() {
        manager.close();
    }
}
