package nnet.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;

/// libtorch through DJL: `relu(x w + b)` and softmax on arrays that stay in native memory.
final class LibtorchInference implements Inference {
    private final InferenceTask task;
    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final NDArray[] weights;

    LibtorchInference(InferenceTask task) {
        this.task = task;
        weights = new NDArray[task.weights().length];
        for (int layer = 0; layer < task.layers(); layer++) {
            int outputs = task.widths()[layer + 1];
            weights[2 * layer] = manager.create(task.weights()[2 * layer], new Shape(task.widths()[layer], outputs)).transpose()
                    .duplicate();
            weights[2 * layer + 1] = manager.create(task.weights()[2 * layer + 1], new Shape(outputs));
        }
    }

    @Override
    public void predict(float[] rows, float[] answers) {
        try (NDManager scope = manager.newSubManager()) {
            NDArray x = scope.create(rows, new Shape(task.batch(), task.inputs()));
            for (int layer = 0; layer < task.layers(); layer++) {
                NDArray sum = linear(x, layer);
                x = layer == task.layers() - 1 ? sum.softmax(1) : Activation.relu(sum);
            }
            System.arraycopy(x.toFloatArray(), 0, answers, 0, answers.length);
        }
    }

    private NDArray linear(NDArray x, int layer) {
        return Linear.linear(x, weights[2 * layer], weights[2 * layer + 1]).singletonOrThrow();
    }

    @Override
    public void close() {
        manager.close();
    }
}
