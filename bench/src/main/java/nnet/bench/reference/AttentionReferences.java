package nnet.bench.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.LinkedHashMap;
import java.util.Map;

/// Attention as its formula says: softmax(q k^T / sqrt(size)) v for each head, between linear layers.
final class AttentionReferences {
    private static final int TOKENS = 6;
    /// So many that the square of scores is never in memory, and no multiple of a block.
    private static final int MANY_TOKENS = 270;
    private static final int WIDTH = 8;

    private AttentionReferences() {}

    static Map<String, Reference> all() {
        Map<String, Reference> all = new LinkedHashMap<>();
        all.put("attention", leaves -> attention(leaves, TOKENS, new Heads(2, 2), false));
        all.put("attention_causal", leaves -> attention(leaves, TOKENS, new Heads(2, 2), true));
        all.put("attention_grouped", leaves -> attention(leaves, TOKENS, new Heads(4, 2), false));
        all.put("attention_long", leaves -> attention(leaves, MANY_TOKENS, new Heads(2, 2), true));
        all.put("attention_long_grouped", leaves -> attention(leaves, MANY_TOKENS, new Heads(4, 2), true));
        return all;
    }

    /// @param groups heads that share keys and values count as one
    private record Heads(int count, int groups) {
        int size() {
            return WIDTH / count;
        }
    }

    private static Reference.Result attention(Leaves leaves, int tokens, Heads heads, boolean causal) {
        NDArray x = leaves.input("x", tokens, WIDTH);
        int shared = heads.groups * heads.size();
        NDList projected = DenseReferences.dense(leaves, "attention.projection", x, WIDTH, WIDTH + 2 * shared)
                .split(new long[]{WIDTH, WIDTH + shared}, 2);
        NDArray query = apart(projected.get(0), tokens, heads.groups, heads.count / heads.groups);
        NDArray key = apart(projected.get(1), tokens, heads.groups, 1);
        NDArray value = apart(projected.get(2), tokens, heads.groups, 1);
        NDArray scores = query.matMul(key.transpose(0, 1, 2, 4, 3)).div(Math.sqrt(heads.size()));
        if (causal) {
            NDArray place = x.getManager().arange((float) tokens);
            scores = scores.sub(place.reshape(1, tokens).gt(place.reshape(tokens, 1)).toType(x.getDataType(), false).mul(1e9f));
        }
        NDArray mixed = scores.softmax(4).matMul(value).transpose(0, 3, 1, 2, 4).reshape(Leaves.BATCH, tokens, WIDTH);
        return Reference.Result.squared(leaves, DenseReferences.dense(leaves, "attention.output", mixed, WIDTH, WIDTH));
    }

    /// `[batch, tokens, columns]` to `[batch, groups, heads of each, tokens, size]`
    private static NDArray apart(NDArray x, int tokens, int groups, int heads) {
        return x.reshape(Leaves.BATCH, tokens, groups, heads, -1).transpose(0, 2, 3, 1, 4);
    }
}
