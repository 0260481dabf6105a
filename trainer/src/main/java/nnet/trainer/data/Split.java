package nnet.trainer.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Row numbers of the three parts of a data set.
public record Split(int[] train, int[] validation, int[] test) {

    /// Streams of `Permutation` below this number belong to epochs.
    private static final int SPLIT_STREAM = 0x40000000;

    /// Draws the parts by seed. Fractions are of all rows, rounded to the nearest whole number of rows.
    ///
    /// @throws IllegalArgumentException if the fractions are negative or leave nothing to train on
    public static Split of(int rows, double validation, double test, long seed) {
        int validationRows = (int) Math.round(rows * validation);
        int testRows = (int) Math.round(rows * test);
        int trainRows = rows - validationRows - testRows;
        if (validation < 0 || test < 0 || trainRows < 1) {
            throw new IllegalArgumentException(
                    "validation " + validation + " and test " + test + " leave " + trainRows + " of " + rows + " rows to train on");
        }
        if (validationRows + testRows == 0) {
            return new Split(all(rows), new int[0], new int[0]);
        }
        int[] order = Permutation.of(rows, seed, SPLIT_STREAM);
        return new Split(Arrays.copyOfRange(order, 0, trainRows), Arrays.copyOfRange(order, trainRows, trainRows + validationRows),
                Arrays.copyOfRange(order, trainRows + validationRows, rows));
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
            result.add(new Split(train, Arrays.copyOfRange(order, from, to), new int[0]));
        }
        return result;
    }

    private static int[] all(int rows) {
        int[] order = new int[rows];
        Arrays.setAll(order, i -> i);
        return order;
    }
}
