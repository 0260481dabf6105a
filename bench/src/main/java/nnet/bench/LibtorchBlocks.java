package nnet.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import java.util.Map;

/// The blocks of the GPT out of libtorch's own operations, but for what is particular in their attention.
///
/// @param parameters by path
record LibtorchBlocks(Map<String, NDArray> parameters) {
    private static final float EPSILON = 1e-5f;

    /// What each token learns of others.
    interface Attend {
        /// @param block from 0
        /// @param path  what the parameters begin with
        NDArray attend(int block, String path, NDArray x);
    }

    /// All blocks and the normalisation behind them.
    NDArray run(NDArray x, Attend attention) {
        for (int block = 0; block < GptTask.BLOCKS; block++) {
            String path = "transformer_block" + (block + 1) + ".";
            x = x.add(attention.attend(block, path + "attend.", norm(path + "layer_norm1", x)));
            NDArray thought = Activation.gelu(dense(path + "think.dense1", norm(path + "layer_norm2", x)));
            x = x.add(dense(path + "think.dense2", thought));
        }
        return norm("layer_norm1", x);
    }

    NDArray dense(String path, NDArray x) {
        return Linear.linear(x, parameters.get(path + ".weight"), parameters.get(path + ".bias")).singletonOrThrow();
    }

    private NDArray norm(String path, NDArray x) {
        return LayerNorm.layerNorm(x, new Shape(GptTask.WIDTH), parameters.get(path + ".scale"), parameters.get(path + ".shift"), EPSILON)
                .singletonOrThrow();
    }
}
