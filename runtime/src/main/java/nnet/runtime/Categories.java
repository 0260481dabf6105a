package nnet.runtime;

/// Categories in arrays of the user.
final class Categories {

    private Categories() {
    }

    /// Copies values of an input or target into a workspace, so that nothing reaches a kernel that would make it look outside of a table.
    ///
    /// @throws IllegalArgumentException if one is not in [0, categories)
    static void copy(Manifest.Port port, int[] from, int offset, int[] to, int at, int length) {
        check(port, from, offset, length);
        System.arraycopy(from, offset, to, at, length);
    }

    static void check(Manifest.Port port, int[] values, int offset, int length) {
        int categories = port.element() == Element.BOOL ? 2 : port.categories();
        if (categories > 0) {
            for (int i = offset; i < offset + length; i++) {
                if (values[i] < 0 || values[i] >= categories) {
                    throw new IllegalArgumentException("'" + port.name() + "' takes values from 0 to " + (categories - 1) + ", not "
                            + values[i] + " (element " + i + ")");
                }
            }
        }
    }

    /// The index of the largest of each `categories` scores; of equals the lowest.
    static void mostProbable(float[] scores, int start, int categories, int[] to, int offset, int count) {
        for (int row = 0; row < count; row++) {
            to[offset + row] = mostProbable(scores, start + row * categories, categories);
        }
    }

    /// The index, counted from `start`, of the largest of `categories` scores; of equals the lowest.
    static int mostProbable(float[] scores, int start, int categories) {
        int best = 0;
        for (int k = 1; k < categories; k++) {
            if (scores[start + k] > scores[start + best]) {
                best = k;
            }
        }
        return best;
    }
}
