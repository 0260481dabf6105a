package nnet.bench.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.LayerNorm;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Dense layers with activations, losses, and what normalises vectors.
final class DenseReferences {
    private static final float EPSILON = 1e-5f;

    private DenseReferences() {}

    static Map<String, Reference> all() {
        Map<String, Reference> all = new LinkedHashMap<>();
        all.put("dense_gelu", activated(Activation::gelu));
        all.put("dense_gelu_tanh", activated(x -> new Script().with("x", x).run("torch.gelu(x, approximate=\"tanh\")")));
        all.put("dense_hard_swish", activated(x -> new Script().with("x", x).run("torch.hardswish(x)")));
        // DJL's own mish takes the logarithm to base 2.
        all.put("dense_mish", activated(x -> x.mul(x.exp().add(1).log().tanh())));
        all.put("dense_selu", activated(Activation::selu));
        all.put("dense_silu", activated(x -> Activation.swish(x, 1)));
        all.put("dense_softplus", activated(Activation::softPlus));
        all.put("dense_softsign", activated(Activation::softSign));
        all.put("layer_norm", leaves -> {
            NDArray hidden = dense(leaves, "before", leaves.input("x", 7), 7, 20);
            NDArray output = LayerNorm.layerNorm(hidden, new Shape(20), leaves.scale("norm.scale", 20),
                    leaves.parameter("norm.shift", 20), EPSILON).singletonOrThrow();
            return Reference.Result.squared(leaves, output);
        });
        all.put("batch_norm", leaves -> {
            NDArray hidden = dense(leaves, "before", leaves.input("x", 7), 7, 5);
            NDArray scale = leaves.scale("norm.scale", 5);
            NDArray shift = leaves.parameter("norm.shift", 5);
            NDArray output = BatchNorm
                    .batchNorm(hidden, hidden.getManager().zeros(new Shape(5)), hidden.getManager().ones(new Shape(5)), scale, shift, 1,
                            0.9f, EPSILON, true)
                    .singletonOrThrow();
            return Reference.Result.squared(leaves, output);
        });
        return all;
    }

    private static Reference activated(UnaryOperator<NDArray> activation) {
        return leaves -> Reference.Result.squared(leaves,
                dense(leaves, "second", activation.apply(dense(leaves, "first", leaves.input("x", 6), 6, 33)), 33, 4));
    }

    /// x @ weight + bias.
    static NDArray dense(Leaves leaves, String path, NDArray x, int inputs, int outputs) {
        return x.matMul(leaves.parameter(path + ".weight", inputs, outputs)).add(leaves.parameter(path + ".bias", outputs));
    }
}
