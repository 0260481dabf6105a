package nnet.runtime;

/// Values of the fields of records as the numbers that a network takes. Generated classes call it.
public final class Raw {

    private Raw() {
    }

    public static float of(boolean value) {
        return value ? 1 : 0;
    }

    /// A truth value that may be missing: null is NaN.
    public static float of(Boolean value) {
        return value == null ? Float.NaN : of(value.booleanValue());
    }

    /// A number that may be missing: null is NaN.
    public static float of(Integer value) {
        return value == null ? Float.NaN : value;
    }

    /// A category that may be missing: null is NaN.
    public static float of(Enum<?> value) {
        return value == null ? Float.NaN : value.ordinal();
    }

    /// A category without a name.
    ///
    /// @throws IllegalArgumentException if it is not in [0, categories)
    public static float category(int value, int categories, String field) {
        if (value < 0 || value >= categories) {
            throw new IllegalArgumentException("'" + field + "' takes values from 0 to " + (categories - 1) + ", not " + value);
        }
        return value;
    }

    /// A category without a name that may be missing: null is NaN.
    public static float category(Integer value, int categories, String field) {
        return value == null ? Float.NaN : category(value.intValue(), categories, field);
    }

    /// The index of the largest; of equals the lowest.
    public static int mostProbable(float[] probabilities) {
        return Categories.mostProbable(probabilities, 0, probabilities.length);
    }
}
