package nnet.bench.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.LinkedHashMap;
import java.util.Map;

/// Attention as its formula says: softmax(q k^T / sqrt(size)) v for each head, between linear layers.
final class AttentionReferences {
    private static final int TOKENS = 6;
    private static final int WIDTH = 8;
    private static final int HEADS = 2;

    private AttentionReferences() {}

    static Map<String, Reference> all() {
        Map<String, Reference> all = new LinkedHashMap<>();
        all.put("attention", leaves -> attention(leaves, false));
        all.put("attention_causal", leaves -> attention(leaves, true));
        return all;
    }

    private static Reference.Result attention(Leaves leaves, boolean causal) {
        NDArray x = leaves.input("x", TOKENS, WIDTH);
        NDList projected = DenseReferences.dense(leaves, "attention.projection", x, WIDTH, 3 * WIDTH).split(3, 2);
        NDArray query = heads(projected.get(0));
        NDArray key = heads(projected.get(1));
        NDArray value = heads(projected.get(2));
        NDArray scores = query.matMul(key.transpose(0, 1, 3, 2)).div(Math.sqrt(WIDTH / HEADS));
        if (causal) {
            NDArray place = x.getManager().arange((float) TOKENS);
            scores = scores.sub(place.reshape(1, TOKENS).gt(place.reshape(TOKENS, 1)).toType(x.getDataType(), false).mul(1e9f));
        }
        NDArray mixed = scores.softmax(3).matMul(value).transpose(0, 2, 1, 3).reshape(Leaves.BATCH, TOKENS, WIDTH);
        return Reference.Result.squared(leaves, DenseReferences.dense(leaves, "attention.output", mixed, WIDTH, WIDTH));
    }

    private static NDArray heads(NDArray x) {
        return x.reshape(Leaves.BATCH, TOKENS, HEADS, WIDTH / HEADS).transpose(0, 2, 1, 3);
    }
}
