package nnet.bench.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.recurrent.RNN;
import java.util.LinkedHashMap;
import java.util.Map;

/// Recurrent layers behind a dense one, so that the gradient of the input is seen as well; libtorch keeps its weights as `[outputs, inputs]`.
final class RecurrentReferences {
    private static final int STEPS = 7;
    private static final int FEATURES = 4;
    private static final int UNITS = 5;

    private RecurrentReferences() {}

    static Map<String, Reference> all() {
        Map<String, Reference> all = new LinkedHashMap<>();
        all.put("rnn", leaves -> {
            NDArray x = before(leaves);
            return Reference.Result.squared(leaves, x.getNDArrayInternal()
                    .rnn(x, zeros(x), weights(leaves, x, 1), true, 1, RNN.Activation.TANH, 0, true, false, true).head());
        });
        all.put("lstm", leaves -> {
            NDArray x = before(leaves);
            NDList start = new NDList(zeros(x), zeros(x));
            return Reference.Result.squared(leaves,
                    x.getNDArrayInternal().lstm(x, start, weights(leaves, x, 4), true, 1, 0, true, false, true).head());
        });
        all.put("lstm_peephole", RecurrentReferences::peephole);
        all.put("gru", leaves -> {
            NDArray x = before(leaves);
            NDList weights = weights(leaves, x, 3);
            weights.set(3, leaves.parameter("recurrent.recurrent_bias", 3 * UNITS));
            return Reference.Result.squared(leaves, x.getNDArrayInternal().gru(x, zeros(x), weights, true, 1, 0, true, false, true).head());
        });
        return all;
    }

    /// Step by step out of libtorch's products and functions, since it has no such layer.
    private static Reference.Result peephole(Leaves leaves) {
        NDArray x = before(leaves);
        NDArray input = leaves.parameter("recurrent.input_weight", FEATURES, 4 * UNITS);
        NDArray recurrent = leaves.parameter("recurrent.recurrent_weight", UNITS, 4 * UNITS);
        NDArray peephole = leaves.parameter("recurrent.peephole", 3, UNITS);
        NDArray bias = leaves.parameter("recurrent.bias", 4 * UNITS);
        NDArray h = x.getManager().zeros(new Shape(Leaves.BATCH, UNITS));
        NDArray c = x.getManager().zeros(new Shape(Leaves.BATCH, UNITS));
        NDList emitted = new NDList();
        for (int step = 0; step < STEPS; step++) {
            NDList gates = x.get(":, " + step).matMul(input).add(h.matMul(recurrent)).add(bias).split(4, 1);
            NDArray add = Activation.sigmoid(gates.get(0).add(c.mul(peephole.get(0))));
            NDArray keep = Activation.sigmoid(gates.get(1).add(c.mul(peephole.get(1))));
            c = keep.mul(c).add(add.mul(gates.get(2).tanh()));
            h = Activation.sigmoid(gates.get(3).add(c.mul(peephole.get(2)))).mul(c.tanh());
            emitted.add(h);
        }
        return Reference.Result.squared(leaves, NDArrays.stack(emitted, 1));
    }

    private static NDArray before(Leaves leaves) {
        return DenseReferences.dense(leaves, "before", leaves.input("x", STEPS, 3), 3, FEATURES);
    }

    private static NDArray zeros(NDArray x) {
        return x.getManager().zeros(new Shape(1, Leaves.BATCH, UNITS));
    }

    /// Of the input, of the recurrence, and two biases, the second of them zero.
    private static NDList weights(Leaves leaves, NDArray x, int gates) {
        return new NDList(leaves.parameter("recurrent.input_weight", FEATURES, gates * UNITS).transpose(),
                leaves.parameter("recurrent.recurrent_weight", UNITS, gates * UNITS).transpose(),
                leaves.parameter("recurrent.bias", gates * UNITS),
                x.getManager().zeros(new Shape(gates * UNITS)));
    }
}
