package nnet.bench.reference;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/// The arrays that a reference begins with, drawn by its name: the same in every run. All have the names and the layout of the `.nnet` file.
final class Leaves {
    /// Examples of one batch.
    static final int BATCH = 3;

    private final NDManager manager;
    private final Random random;
    private final Map<String, NDArray> inputs = new LinkedHashMap<>();
    private final Map<String, NDArray> parameters = new LinkedHashMap<>();

    Leaves(NDManager manager, String name) {
        this.manager = manager;
        this.random = new Random(name.hashCode());
    }

    /// A batch of inputs, each element normally distributed.
    ///
    /// @param shape of one example
    NDArray input(String name, long... shape) {
        NDArray values = normal(1, batched(shape));
        inputs.put(name, values);
        return values;
    }

    /// A batch of integers from 0 to `bound` - 1, as `INT64`.
    NDArray categories(String name, int bound, long... shape) {
        Shape all = batched(shape);
        float[] drawn = new float[(int) all.size()];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = random.nextInt(bound);
        }
        NDArray values = manager.create(drawn, all);
        inputs.put(name, values);
        return values.toType(DataType.INT64, true);
    }

    /// Sequences of labels from 1 to `bound` - 1, as `INT64`: one for each example, with blanks (0) behind.
    ///
    /// @param length of the rows
    /// @param lengths of the sequences in them
    NDArray labels(String name, int bound, int length, int... lengths) {
        float[] drawn = new float[BATCH * length];
        for (int example = 0; example < BATCH; example++) {
            for (int i = 0; i < lengths[example]; i++) {
                drawn[example * length + i] = 1 + random.nextInt(bound - 1);
            }
        }
        NDArray values = manager.create(drawn, batched(length));
        inputs.put(name, values);
        return values.toType(DataType.INT64, true);
    }

    /// A parameter whose gradient is wanted; its elements have the standard deviation 0.5.
    NDArray parameter(String path, long... shape) {
        return parameter(path, normal(0.5, new Shape(shape)));
    }

    /// A parameter around 1, such as the scale of a normalisation.
    NDArray scale(String path, long... shape) {
        return parameter(path, normal(0.2, new Shape(shape)).add(1));
    }

    private NDArray parameter(String path, NDArray values) {
        values.setRequiresGradient(true);
        parameters.put(path, values);
        return values;
    }

    /// What the network has to come near to: an array like `output`, part of the batch's targets.
    NDArray target(NDArray output) {
        NDArray values = normal(1, output.getShape());
        inputs.put("target", values);
        return values;
    }

    Map<String, NDArray> inputs() {
        return inputs;
    }

    Map<String, NDArray> parameters() {
        return parameters;
    }

    private NDArray normal(double deviation, Shape shape) {
        float[] drawn = new float[(int) shape.size()];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = (float) (deviation * random.nextGaussian());
        }
        return manager.create(drawn, shape);
    }

    private static Shape batched(long... shape) {
        long[] all = new long[shape.length + 1];
        all[0] = BATCH;
        System.arraycopy(shape, 0, all, 1, shape.length);
        return new Shape(all);
    }
}
