package nnet.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import java.util.ArrayList;
import java.util.List;
import nnet.runtime.Manifest;
import nnet.runtime.Network;

/// A residual network by libtorch's operations through DJL, at its best: weights lie in native memory, the normalisation is folded into the weights of its
/// convolution, and shortcuts are added in place.
final class LibtorchResidual implements Inference {
    private static final double EPSILON = 1e-5;

    private final ResidualNetwork task;
    private final NDManager manager = NDManager.newBaseManager(Engine.getEngine("PyTorch").defaultDevice(), "PyTorch");
    /// Weights and biases of each layer, in the order of their use.
    private final List<NDArray> weights = new ArrayList<>();
    private int next;

    LibtorchResidual(ResidualNetwork task, Network network) {
        this.task = task;
        List<Manifest.Weight> parameters = network.parameters();
        for (int i = 0; i < parameters.size();) {
            List<Integer> shape = ResidualNetwork.shape(parameters.get(i));
            float[] values = network.parameter(parameters.get(i).path());
            float[] second = network.parameter(parameters.get(i + 1).path());
            Shape sizes = new Shape(shape.stream().map(Integer::longValue).toList());
            if (shape.size() == 4) {
                weights.add(manager.create(folded(values, second), sizes));
                weights.add(manager.create(network.parameter(parameters.get(i + 2).path())));
                i += 3;
            } else {
                weights.add(manager.create(values, sizes).transpose().duplicate());
                weights.add(manager.create(second));
                i += 2;
            }
        }
    }

    /// Weights of a convolution times the scales of its normalisation, whose statistics are still mean 0 and variance 1.
    private static float[] folded(float[] weights, float[] scales) {
        float[] folded = new float[weights.length];
        int each = weights.length / scales.length;
        for (int i = 0; i < weights.length; i++) {
            folded[i] = (float) (weights[i] * scales[i / each] / Math.sqrt(1 + EPSILON));
        }
        return folded;
    }

    @Override
    public void predict(float[] image, float[] answer) {
        try (NDManager scope = manager.newSubManager()) {
            next = 0;
            NDArray x = scope.create(image, new Shape(1, 3, ResidualNetwork.SIZE, ResidualNetwork.SIZE));
            weights.forEach(array -> array.tempAttach(scope));
            x = Pool.maxPool2d(Activation.relu(convolved(x, 2)), new Shape(3, 3), new Shape(2, 2), new Shape(1, 1), false);
            for (int stage = 0; stage < task.stages().length; stage++) {
                for (int block = 0; block < task.stages()[stage]; block++) {
                    boolean projects = block == 0 && (stage > 0 || task.bottleneck());
                    x = block(x, block == 0 && stage > 0 ? 2 : 1, projects);
                }
            }
            NDArray features = x.reshape(1, x.getShape().get(1), -1).mean(new int[]{2});
            NDArray logits = Linear.linear(features, weights.get(next), weights.get(next + 1)).singletonOrThrow();
            System.arraycopy(logits.softmax(1).toFloatArray(), 0, answer, 0, answer.length);
        }
    }

    private NDArray block(NDArray x, int stride, boolean projects) {
        NDArray y;
        if (task.bottleneck()) {
            y = Activation.relu(convolved(x, 1));
            y = convolved(Activation.relu(convolved(y, stride)), 1);
        } else {
            y = convolved(Activation.relu(convolved(x, stride)), 1);
        }
        return Activation.relu(y.addi(projects ? convolved(x, stride) : x));
    }

    private NDArray convolved(NDArray x, int stride) {
        NDArray kernel = weights.get(next);
        NDArray bias = weights.get(next + 1);
        next += 2;
        long padding = kernel.getShape().get(2) / 2;
        return Conv2d.conv2d(x, kernel, bias, new Shape(stride, stride), new Shape(padding, padding), new Shape(1, 1), 1)
                .singletonOrThrow();
    }

    @Override
    public void close() {
        manager.close();
    }
}
