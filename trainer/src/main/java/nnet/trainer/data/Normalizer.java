package nnet.trainer.data;

import java.util.Arrays;

/// Shifts and scales the numbers of a port: `(x - shift) * scale`. There is one pair for each number of an example, or, where there are fewer, one for each of so
/// many equal stretches of it (the channels of an image). The statistics come from the training rows alone.
public record Normalizer(float[] shift, float[] scale) {

    /// Which statistics.
    public enum Kind {
        /// Mean 0 and standard deviation 1 (the deviation over n, not n - 1); what is constant becomes 0.
        STANDARDIZED,
        /// Smallest value to 0, largest to 1; what is constant becomes 0.
        MIN_MAX
    }

    /// Fits one pair for each of `groups` stretches of a port.
    public static Normalizer of(Dataset.Column column, Kind kind, int groups) {
        return switch (kind) {
            case STANDARDIZED -> standardized(column, groups);
            case MIN_MAX -> minMax(column, groups);
        };
    }

    private static Normalizer standardized(Dataset.Column column, int groups) {
        double count = (double) column.places().count() * (column.port().size() / groups);
        double[] sums = new double[groups];
        forEach(column, groups, (group, value) -> sums[group] += value);
        double[] squares = new double[groups];
        forEach(column, groups, (group, value) -> squares[group] += (value - sums[group] / count) * (value - sums[group] / count));
        float[] shift = new float[groups];
        float[] scale = new float[groups];
        for (int group = 0; group < groups; group++) {
            double deviation = Math.sqrt(squares[group] / count);
            shift[group] = (float) (sums[group] / count);
            scale[group] = deviation == 0 ? 0 : (float) (1 / deviation);
        }
        return new Normalizer(shift, scale);
    }

    private static Normalizer minMax(Dataset.Column column, int groups) {
        float[] low = new float[groups];
        float[] high = new float[groups];
        Arrays.fill(low, Float.POSITIVE_INFINITY);
        Arrays.fill(high, Float.NEGATIVE_INFINITY);
        forEach(column, groups, (group, value) -> {
            low[group] = Math.min(low[group], value);
            high[group] = Math.max(high[group], value);
        });
        for (int group = 0; group < groups; group++) {
            high[group] = high[group] == low[group] ? 0 : 1 / (high[group] - low[group]);
        }
        return new Normalizer(low, high);
    }

    private interface Visitor {
        void visit(int group, float value);
    }

    private static void forEach(Dataset.Column column, int groups, Visitor visitor) {
        int size = column.port().size();
        float[] example = new float[size];
        for (int i = 0; i < column.places().count(); i++) {
            ((Values.Real) column.values()).read(column.places().at(i), example, 0);
            for (int j = 0; j < size; j++) {
                visitor.visit(j / (size / groups), example[j]);
            }
        }
    }

    /// Whether it can be applied to examples of this size.
    public boolean fits(int size) {
        return shift.length > 0 && scale.length == shift.length && size % shift.length == 0;
    }

    /// Changes `size` numbers, one example, in place.
    public void apply(float[] numbers, int at, int size) {
        int stretch = size / shift.length;
        for (int group = 0; group < shift.length; group++) {
            for (int i = at + group * stretch; i < at + (group + 1) * stretch; i++) {
                numbers[i] = (numbers[i] - shift[group]) * scale[group];
            }
        }
    }

    /// A copy of rows of `width` numbers each, all of them changed.
    float[] rows(float[] numbers, int width) {
        float[] result = numbers.clone();
        for (int at = 0; at < result.length; at += width) {
            apply(result, at, width);
        }
        return result;
    }

    /// What a number of a stretch was before it was shifted and scaled.
    public double undo(float value, int stretch) {
        return scale[stretch] == 0 ? shift[stretch] : value / (double) scale[stretch] + shift[stretch];
    }
}
