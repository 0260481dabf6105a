package nnet.bench.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.loss.Loss;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Losses behind a dense layer.
final class LossReferences {
    private static final int STEPS = 9;
    private static final int LABELS = 5;

    private LossReferences() {}

    static Map<String, Reference> all() {
        Map<String, Reference> all = new LinkedHashMap<>();
        all.put("cross_entropy", leaves -> {
            NDArray scores = DenseReferences.dense(leaves, "scores", leaves.input("x", 6), 6, 9);
            NDArray labels = leaves.categories("target", 9).expandDims(1);
            NDArray loss = Loss.softmaxCrossEntropyLoss().evaluate(new NDList(labels), new NDList(scores));
            return new Reference.Result(scores.softmax(1), loss);
        });
        all.put("huber", leaves -> {
            NDArray y = DenseReferences.dense(leaves, "scores", leaves.input("x", 6), 6, 9);
            NDArray loss = new Script().with("y", y).with("target", leaves.target(y)).run("torch.huber_loss(y, target, 1, 0.75)");
            return new Reference.Result(y, loss);
        });
        all.put("ctc", LossReferences::ctc);
        return all;
    }

    /// Targets of three lengths, one of them empty. libtorch's own mean would divide by the lengths.
    private static Reference.Result ctc(Leaves leaves) {
        NDArray p = DenseReferences.dense(leaves, "scores", leaves.input("x", STEPS, 3), 3, LABELS).softmax(2);
        int[] lengths = {6, 3, 0};
        NDArray target = leaves.labels("target", LABELS, STEPS, lengths);
        long[] steps = new long[lengths.length];
        Arrays.fill(steps, STEPS);
        NDArray losses = new Script().with("p", p).with("target", target).with("steps", p.getManager().create(steps))
                .with("lengths", p.getManager().create(lengths).toType(DataType.INT64, false))
                .run("torch.ctc_loss(torch.log(torch.transpose(p, 0, 1)), target, steps, lengths, 0, 0, False)");
        return new Reference.Result(p, losses.mean());
    }
}
