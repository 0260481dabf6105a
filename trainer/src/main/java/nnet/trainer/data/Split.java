package nnet.trainer.data;

import java.util.ArrayList;
import java.util.List;

/// Which rows of a source are for what.
public record Split(Rows train, Rows validation, Rows test) {

    /// Streams of `Permutation` below this number belong to epochs.
    private static final int SPLIT_STREAM = 0x40000000;

    /// How much is kept out of training: below 1 a share of all rows (rounded to whole rows), from 1 on a number of rows.
    ///
    /// @param isDrawn whether rows are drawn by seed; otherwise the first ones are for training and the last ones for the test
    public record Parts(double validation, double test, boolean isDrawn) {

        public static final Parts NONE = new Parts(0, 0, true);

        /// The same without drawing.
        public Parts inOrder() {
            return new Parts(validation, test, false);
        }
    }

    /// Divides rows.
    ///
    /// @throws IllegalArgumentException if the parts are negative, leave nothing to train on, or are a share that comes to no row; the message is for the user
    public static Split of(int rows, Parts parts, long seed) {
        int validation = count(rows, parts.validation(), "validation");
        int test = count(rows, parts.test(), "test");
        long train = (long) rows - validation - test;
        if (parts.validation() < 0 || parts.test() < 0 || train < 1) {
            throw new IllegalArgumentException("of " + rows + " rows, " + validation + " for validation and " + test
                    + " for the test leave none to train on");
        }
        Rows all = parts.isDrawn() && validation + test > 0 ? Rows.of(Permutation.of(rows, seed, SPLIT_STREAM)) : Rows.all(rows);
        int kept = (int) train;
        return new Split(all.pick(new Rows.Range(0, kept)), all.pick(new Rows.Range(kept, kept + validation)),
                all.pick(new Rows.Range(kept + validation, rows)));
    }

    private static int count(int rows, double part, String name) {
        int count = (int) Math.round(part < 1 ? rows * part : part);
        if (part > 0 && count == 0) {
            throw new IllegalArgumentException("of " + rows + " rows, a share of " + part + " for the " + name + " comes to no row");
        }
        return count;
    }

    /// `folds` splits: each row is in the validation part of exactly one.
    public static List<Split> folds(int rows, int folds, long seed) {
        if (folds < 2 || folds > rows) {
            throw new IllegalArgumentException(folds + " folds of " + rows + " rows");
        }
        int[] order = Permutation.of(rows, seed, SPLIT_STREAM);
        List<Split> result = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            int from = (int) ((long) rows * fold / folds);
            int to = (int) ((long) rows * (fold + 1) / folds);
            int[] train = new int[rows - (to - from)];
            System.arraycopy(order, 0, train, 0, from);
            System.arraycopy(order, to, train, from, rows - to);
            result.add(new Split(Rows.of(train), Rows.of(order).pick(new Rows.Range(from, to)), Rows.all(0)));
        }
        return result;
    }
}
