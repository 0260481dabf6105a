package nnet.trainer;

import java.util.ArrayList;
import java.util.List;
import nnet.runtime.Prediction;
import nnet.trainer.data.Dataset;
import nnet.trainer.data.Values;

/// Examples unpacked a batch at a time, in their order, for a prediction.
public final class Batches {

    /// Examples in a batch.
    public static final int SIZE = 256;

    private final Dataset data;
    private final int[] order;
    private final List<Object> arrays = new ArrayList<>();

    public Batches(Dataset data) {
        this.data = data;
        order = Dataset.identity(data.rows());
        for (Values values : data.values()) {
            int size = Math.multiplyExact(Math.min(SIZE, data.rows()), values.port().size());
            arrays.add(switch (values) {
                case Values.Real _ -> new float[size];
                case Values.Whole _ -> new int[size];
            });
        }
    }

    /// Lets a prediction read its inputs (and, in an evaluation, targets) from here.
    public void bind(Prediction prediction) {
        for (int i = 0; i < arrays.size(); i++) {
            switch (arrays.get(i)) {
                case float[] reals -> prediction.input(i, reals);
                case int[] wholes -> prediction.input(i, wholes);
                default -> throw new IllegalStateException("neither reals nor whole numbers");
            }
        }
    }

    /// Unpacks the examples from a number on.
    ///
    /// @return how many
    public int load(int from) {
        int count = Math.min(SIZE, data.rows() - from);
        for (int i = 0; i < arrays.size(); i++) {
            Dataset.Column column = data.columns().get(i);
            switch (arrays.get(i)) {
                case float[] reals -> column.gather(order, from, count, reals);
                case int[] wholes -> column.gather(order, from, count, wholes);
                default -> throw new IllegalStateException("neither reals nor whole numbers");
            }
        }
        return count;
    }
}
