package nnet.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import java.util.LinkedHashMap;
import java.util.Map;

/// The GPT one token after the other, out of libtorch's own operations: keys and values of earlier tokens are kept, and each token adds its own.
final class LibtorchGeneration implements Inference {
    private static final int SIZE = GptTask.WIDTH / GptTask.HEADS;

    private final NDManager manager = NDManager.newBaseManager("PyTorch");
    private final Map<String, NDArray> parameters = new LinkedHashMap<>();
    private final LibtorchBlocks blocks = new LibtorchBlocks(parameters);
    private final NDArray[] positions = new NDArray[GptTask.CONTEXT];
    private final int[] tokens;

    LibtorchGeneration(GptTask task) {
        tokens = task.text();
        task.eachParameter((path, values) -> parameters.put(path,
                LibtorchGpt.parameter(manager, task.shape(path), path.endsWith(".weight"), values)));
        for (int i = 0; i < positions.length; i++) {
            positions[i] = parameters.get("position").get(i);
        }
    }

    /// What is kept of one block.
    private static final class Past {
        private NDArray keys;
        private NDArray values;

        void add(NDArray key, NDArray value) {
            keys = keys == null ? key : keys.concat(key, 2);
            values = values == null ? value : values.concat(value, 2);
        }
    }

    @Override
    public void predict(float[] input, float[] outputs) {
        try (NDManager scope = manager.newSubManager()) {
            Past[] past = new Past[GptTask.BLOCKS];
            for (int block = 0; block < past.length; block++) {
                past[block] = new Past();
            }
            for (int i = 0; i < tokens.length; i++) {
                NDArray next = next(scope.create(new long[]{tokens[i]}, new Shape(1, 1)), positions[i], past);
                System.arraycopy(next.toFloatArray(), 0, outputs, i * GptTask.TOKENS, GptTask.TOKENS);
            }
        }
    }

    private NDArray next(NDArray token, NDArray position, Past[] past) {
        NDArray table = parameters.get("token");
        NDArray x = Embedding.embedding(token, table, SparseFormat.DENSE).singletonOrThrow().add(position);
        x = blocks.run(x, (block, path, seen) -> attend(path, seen, past[block]));
        return Linear.linear(x, table).singletonOrThrow().softmax(2);
    }

    private NDArray attend(String path, NDArray x, Past past) {
        NDList projected = blocks.dense(path + "projection", x).split(3, 2);
        past.add(heads(projected.get(1)), heads(projected.get(2)));
        NDArray scores = heads(projected.get(0)).matMul(past.keys.transpose(0, 1, 3, 2)).div(Math.sqrt(SIZE));
        NDArray mixed = scores.softmax(3).matMul(past.values);
        return blocks.dense(path + "output", mixed.transpose(0, 2, 1, 3).reshape(1, 1, GptTask.WIDTH));
    }

    private static NDArray heads(NDArray x) {
        return x.reshape(1, 1, GptTask.HEADS, SIZE).transpose(0, 2, 1, 3);
    }

    @Override
    public void close() {
        manager.close();
    }
}
