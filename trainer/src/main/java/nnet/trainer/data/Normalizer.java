package nnet.trainer.data;

import java.util.Arrays;

/// Shifts and scales each column of an input: `(x - shift) * scale`. The statistics come from the training rows alone.
public record Normalizer(float[] shift, float[] scale) {

    /// Mean 0 and standard deviation 1 in each column (the deviation over n, not n - 1); a constant column becomes 0.
    public static Normalizer standardized(Dataset.Values values) {
        int size = values.port().size();
        float[] shift = new float[size];
        float[] scale = new float[size];
        for (int column = 0; column < size; column++) {
            double sum = 0;
            for (int i = column; i < values.reals().length; i += size) {
                sum += values.reals()[i];
            }
            double mean = sum / (values.reals().length / (double) size);
            double squares = 0;
            for (int i = column; i < values.reals().length; i += size) {
                squares += (values.reals()[i] - mean) * (values.reals()[i] - mean);
            }
            double deviation = Math.sqrt(squares / (values.reals().length / (double) size));
            shift[column] = (float) mean;
            scale[column] = deviation == 0 ? 0 : (float) (1 / deviation);
        }
        return new Normalizer(shift, scale);
    }

    /// Smallest value to 0, largest to 1 in each column; a constant column becomes 0.
    public static Normalizer minMax(Dataset.Values values) {
        int size = values.port().size();
        float[] low = new float[size];
        float[] high = new float[size];
        Arrays.fill(low, Float.POSITIVE_INFINITY);
        Arrays.fill(high, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < values.reals().length; i++) {
            low[i % size] = Math.min(low[i % size], values.reals()[i]);
            high[i % size] = Math.max(high[i % size], values.reals()[i]);
        }
        for (int column = 0; column < size; column++) {
            high[column] = high[column] == low[column] ? 0 : 1 / (high[column] - low[column]);
        }
        return new Normalizer(low, high);
    }

    /// Changes the values in place.
    public void apply(Dataset.Values values) {
        int size = shift.length;
        float[] reals = values.reals();
        for (int i = 0; i < reals.length; i++) {
            reals[i] = (reals[i] - shift[i % size]) * scale[i % size];
        }
    }
}
