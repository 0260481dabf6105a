package nnet.runtime;

import java.util.List;

/// What the rows of a training say about a record: the values of its states `shift`, `scale` and `missing`, one of each for every field.
///
/// A number that may be missing and becomes the mean is replaced by the mean of the known ones. Then x becomes sign(x) log(1 + |x|) where the field is
/// logarithmic, and then (x - shift) * scale: by mean and standard deviation (over n, not n - 1), or so that the smallest known value is 0 and the largest 1. A
/// field that is the same in all rows becomes 0.
final class Statistics {

    private Statistics() {
    }

    /// Fits the states of one record.
    ///
    /// @param rows `count` rows of raw values, one after the other
    static void fit(Manifest manifest, Manifest.Port port, float[] rows, int count, float[] states) {
        List<Manifest.Field> fields = port.fields();
        for (int field = 0; field < fields.size(); field++) {
            List<String> encoding = fields.get(field).encoding();
            if (encoding.contains("missing_mean")) {
                set(manifest, states, port, "missing", field, (float) mean(rows, count, fields.size(), field, false));
            }
            boolean log = encoding.contains("log");
            if (encoding.contains("standardized")) {
                double mean = mean(rows, count, fields.size(), field, log);
                double deviation = deviation(rows, count, fields.size(), field, log, mean);
                scale(manifest, states, port, field, mean, deviation);
            } else if (encoding.contains("min_max")) {
                double low = extreme(rows, count, fields.size(), field, log, -1);
                double high = extreme(rows, count, fields.size(), field, log, 1);
                scale(manifest, states, port, field, low, high - low);
            }
        }
    }

    private static void scale(Manifest manifest, float[] states, Manifest.Port port, int field, double shift, double width) {
        boolean varies = width > 0 && Float.isFinite((float) (1 / width));
        set(manifest, states, port, "shift", field, (float) shift);
        set(manifest, states, port, "scale", field, varies ? (float) (1 / width) : 0);
    }

    private static void set(Manifest manifest, float[] states, Manifest.Port port, String name, int field, float value) {
        String path = port.name() + "." + name;
        for (Manifest.Weight state : manifest.states()) {
            if (state.path().equals(path)) {
                states[state.offset() + field] = value;
            }
        }
    }

    private static double value(float raw, boolean log) {
        return log ? Math.signum(raw) * StrictMath.log1p(Math.abs((double) raw)) : raw;
    }

    private static double mean(float[] rows, int count, int width, int field, boolean log) {
        double sum = 0;
        int known = 0;
        for (int row = 0; row < count; row++) {
            float raw = rows[row * width + field];
            if (!Float.isNaN(raw)) {
                sum += value(raw, log);
                known++;
            }
        }
        return known == 0 ? 0 : sum / known;
    }

    private static double deviation(float[] rows, int count, int width, int field, boolean log, double mean) {
        double sum = 0;
        int known = 0;
        for (int row = 0; row < count; row++) {
            float raw = rows[row * width + field];
            if (!Float.isNaN(raw)) {
                sum += (value(raw, log) - mean) * (value(raw, log) - mean);
                known++;
            }
        }
        return known == 0 ? 0 : Math.sqrt(sum / known);
    }

    /// The largest known value (sign 1) or the smallest (sign -1); 0 if none is known.
    private static double extreme(float[] rows, int count, int width, int field, boolean log, int sign) {
        double best = Double.NEGATIVE_INFINITY;
        for (int row = 0; row < count; row++) {
            float raw = rows[row * width + field];
            if (!Float.isNaN(raw)) {
                best = Math.max(best, sign * value(raw, log));
            }
        }
        return best == Double.NEGATIVE_INFINITY ? 0 : sign * best;
    }
}
