package nnet.bench;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;

/// libtorch through DJL: its linear layers, fused losses and Adam; the data lies in native memory before the first step.
final class LibtorchTraining implements Training {
    private static final Shape PAIR = new Shape(2, 2);

    private final TrainingTask task;
    private final Model model;
    private final Trainer trainer;
    private final NDManager manager;
    private final NDArray[] inputs;
    private final NDArray[] targets;
    private final Loss loss;

    LibtorchTraining(TrainingTask task) {
        this.task = task;
        this.loss = switch (task.output()) {
            case CLASSES -> Loss.softmaxCrossEntropyLoss();
            case YES_OR_NO -> Loss.sigmoidBinaryCrossEntropyLoss();
        };
        this.model = Model.newInstance(task.network(), Engine.getEngine("PyTorch").getEngineName());
        model.setBlock(block(task).add(Linear.builder().setUnits(task.outputs()).build()));
        Optimizer adam = Optimizer.adam().optLearningRateTracker(Tracker.fixed(TrainingTask.LEARNING_RATE)).optBeta1(TrainingTask.BETA1)
                .optBeta2(TrainingTask.BETA2).optEpsilon(TrainingTask.EPSILON).build();
        this.trainer = model.newTrainer(new DefaultTrainingConfig(loss).optOptimizer(adam));
        trainer.initialize(shape());
        this.manager = trainer.getManager();
        start();
        this.inputs = new NDArray[task.batches()];
        this.targets = new NDArray[task.batches()];
        for (int i = 0; i < task.batches(); i++) {
            inputs[i] = manager.create(task.batch(i), shape());
            NDArray labels = manager.create(task.labelsOf(i), new Shape(task.batchSize(), 1));
            targets[i] = labels.toType(task.output() == TrainingTask.Output.CLASSES ? DataType.INT64 : DataType.FLOAT32, false);
        }
    }

    private static SequentialBlock block(TrainingTask task) {
        SequentialBlock block = new SequentialBlock();
        return switch (task.network()) {
            case "lstm" -> block.add(LSTM.builder().setStateSize(task.hidden()).setNumLayers(1).optBatchFirst(true).build())
                    .addSingleton(outputs -> outputs.get(":, -1"));
            case "lenet" -> {
                convolution(block, 6, 5, 2).add(Pool.maxPool2dBlock(PAIR, PAIR));
                convolution(block, 16, 5, 0).add(Pool.maxPool2dBlock(PAIR, PAIR)).add(Blocks.batchFlattenBlock());
                yield dense(dense(block, 120), task.hidden());
            }
            case "filters" -> {
                convolution(convolution(block, 32, 3, 0), 64, 3, 0).add(Pool.maxPool2dBlock(PAIR, PAIR)).add(Blocks.batchFlattenBlock());
                yield dense(block, task.hidden());
            }
            default -> dense(block, task.hidden());
        };
    }

    private static SequentialBlock convolution(SequentialBlock block, int filters, int kernel, int padding) {
        return block.add(Conv2d.builder().setKernelShape(new Shape(kernel, kernel)).optPadding(new Shape(padding, padding))
                .setFilters(filters).build()).add(Activation.reluBlock());
    }

    private static SequentialBlock dense(SequentialBlock block, int units) {
        return block.add(Linear.builder().setUnits(units).build()).add(Activation.reluBlock());
    }

    private Shape shape() {
        return switch (task.network()) {
            case "lstm" -> new Shape(task.batchSize(), task.steps(), task.inputs() / task.steps());
            case "lenet", "filters" -> new Shape(task.batchSize(), 1, 28, 28);
            default -> new Shape(task.batchSize(), task.inputs());
        };
    }

    /// The start in libtorch's order: both weights of a recurrent layer before its biases.
    private static float[][] ordered(TrainingTask task) {
        float[][] start = task.start();
        return task.steps() == 0 ? start : new float[][]{start[0], start[2], start[1], start[3], start[4], start[5]};
    }

    /// libtorch keeps weights as `[outputs, inputs]`.
    private void start() {
        float[][] start = ordered(task);
        int at = 0;
        for (var pair : model.getBlock().getParameters()) {
            Parameter parameter = pair.getValue();
            NDArray array = parameter.getArray();
            array.set(array.getShape().dimension() == 2 ? transposed(start[at], array.getShape()) : start[at]);
            at++;
        }
    }

    private static float[] transposed(float[] values, Shape shape) {
        int outputs = (int) shape.get(0);
        int inputs = (int) shape.get(1);
        float[] result = new float[values.length];
        for (int o = 0; o < outputs; o++) {
            for (int i = 0; i < inputs; i++) {
                result[o * inputs + i] = values[i * outputs + o];
            }
        }
        return result;
    }

    @Override
    public void step(int batch) {
        try (NDManager scope = manager.newSubManager()) {
            inputs[batch].tempAttach(scope);
            targets[batch].tempAttach(scope);
            try (GradientCollector collector = trainer.newGradientCollector()) {
                NDList outputs = trainer.forward(new NDList(inputs[batch]));
                collector.backward(loss.evaluate(new NDList(targets[batch]), outputs));
            }
            trainer.step();
        }
    }

    @Override
    public double loss(int batch) {
        try (NDManager scope = manager.newSubManager()) {
            inputs[batch].tempAttach(scope);
            targets[batch].tempAttach(scope);
            NDList outputs = trainer.evaluate(new NDList(inputs[batch]));
            return loss.evaluate(new NDList(targets[batch]), outputs).getFloat();
        }
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
    }
}
