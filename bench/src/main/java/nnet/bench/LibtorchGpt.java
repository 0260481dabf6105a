package nnet.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.LinkedHashMap;
import java.util.Map;

/// The GPT out of libtorch's own operations (linear layers, layer normalisation, gelu, softmax, batched products), with its autograd and DJL's Adam.
final class LibtorchGpt implements Training {
    private static final int SIZE = GptTask.WIDTH / GptTask.HEADS;

    private final NDManager manager = Engine.getEngine("PyTorch").newBaseManager();
    private final Map<String, NDArray> parameters = new LinkedHashMap<>();
    private final LibtorchBlocks blocks = new LibtorchBlocks(parameters);
    private final NDArray[] tokens = new NDArray[GptTask.BATCHES];
    private final NDArray[] targets = new NDArray[GptTask.BATCHES];
    private final NDArray mask;
    private final Loss loss = Loss.softmaxCrossEntropyLoss();
    private final Optimizer adam = Optimizer.adam().optLearningRateTracker(Tracker.fixed(TrainingTask.LEARNING_RATE))
            .optBeta1(TrainingTask.BETA1).optBeta2(TrainingTask.BETA2).optEpsilon(TrainingTask.EPSILON).build();

    LibtorchGpt(GptTask task) {
        task.eachParameter((path, values) -> {
            NDArray kept = parameter(manager, task.shape(path), path.endsWith(".weight"), values);
            kept.setRequiresGradient(true);
            parameters.put(path, kept);
        });
        for (int i = 0; i < GptTask.BATCHES; i++) {
            tokens[i] = manager.create(task.read(i), new Shape(GptTask.BATCH, GptTask.CONTEXT)).toType(DataType.INT64, false);
            targets[i] = manager.create(task.next(i), new Shape(GptTask.BATCH * GptTask.CONTEXT, 1)).toType(DataType.INT64, false);
        }
        NDArray place = manager.arange((float) GptTask.CONTEXT);
        mask = place.reshape(1, GptTask.CONTEXT).gt(place.reshape(GptTask.CONTEXT, 1)).toType(DataType.FLOAT32, false).mul(-1e30f);
    }

    /// libtorch keeps weights as `[outputs, inputs]`.
    static NDArray parameter(NDManager manager, int[] shape, boolean isWeight, float[] values) {
        NDArray array = manager.create(values, shape.length == 1 ? new Shape(shape[0]) : new Shape(shape[0], shape[1]));
        return isWeight ? array.transpose().duplicate() : array;
    }

    private NDArray logits(NDArray read) {
        NDArray table = parameters.get("token");
        NDArray x = Embedding.embedding(read, table, SparseFormat.DENSE).singletonOrThrow().add(parameters.get("position"));
        x = blocks.run(x, (_, path, seen) -> attend(path, seen));
        return Linear.linear(x, table).singletonOrThrow().reshape(GptTask.BATCH * GptTask.CONTEXT, GptTask.TOKENS);
    }

    private NDArray attend(String path, NDArray x) {
        NDList projected = blocks.dense(path + "projection", x).split(3, 2);
        NDArray scores = heads(projected.get(0)).matMul(heads(projected.get(1)).transpose(0, 1, 3, 2)).div(Math.sqrt(SIZE)).add(mask);
        NDArray mixed = scores.softmax(3).matMul(heads(projected.get(2)));
        return blocks.dense(path + "output", mixed.transpose(0, 2, 1, 3).reshape(GptTask.BATCH, GptTask.CONTEXT, GptTask.WIDTH));
    }

    private static NDArray heads(NDArray x) {
        return x.reshape(GptTask.BATCH, GptTask.CONTEXT, GptTask.HEADS, SIZE).transpose(0, 2, 1, 3);
    }

    @Override
    public void step(int batch) {
        try (NDManager scope = manager.newSubManager()) {
            tokens[batch].tempAttach(scope);
            targets[batch].tempAttach(scope);
            try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
                collector.backward(loss.evaluate(new NDList(targets[batch]), new NDList(logits(tokens[batch]))));
            }
            parameters.forEach((path, parameter) -> {
                NDArray gradient = parameter.getGradient();
                gradient.tempAttach(scope);
                adam.update(path, parameter, gradient);
            });
        }
    }

    @Override
    public double loss(int batch) {
        try (NDManager scope = manager.newSubManager()) {
            tokens[batch].tempAttach(scope);
            targets[batch].tempAttach(scope);
            return loss.evaluate(new NDList(targets[batch]), new NDList(logits(tokens[batch]))).getFloat();
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
