package nnet.trainer;

/// Stops when the validation loss has not improved for some epochs. A loss that is not a number never counts as better.
final class EarlyStopping {

    private final int patience;
    private final double minimumDelta;
    private double best = Double.POSITIVE_INFINITY;
    private int since;

    private EarlyStopping(int patience, double minimumDelta) {
        this.patience = patience;
        this.minimumDelta = minimumDelta;
    }

    /// @param patience     epochs without improvement after which to stop, at least 1
    /// @param minimumDelta how much less a loss must be than the best one to count as better
    static EarlyStopping after(int patience, double minimumDelta) {
        return new EarlyStopping(Math.max(1, patience), minimumDelta);
    }

    /// Only keeps track of what was best.
    static EarlyStopping never() {
        return new EarlyStopping(Integer.MAX_VALUE, 0);
    }

    boolean isActive() {
        return patience < Integer.MAX_VALUE;
    }

    /// Takes the loss of an epoch and says whether it is the best so far.
    boolean improves(double loss) {
        if (loss < best - minimumDelta) {
            best = loss;
            since = 0;
            return true;
        }
        since++;
        return false;
    }

    /// Whether the loss of an epoch says that there is nothing to hope for, but a better epoch to go back to: then it is time to stop.
    boolean diverges(double loss) {
        if (Double.isFinite(loss) || !isActive() || best == Double.POSITIVE_INFINITY) {
            return false;
        }
        since = patience;
        return true;
    }

    /// Whether it is time to stop.
    boolean exhausted() {
        return since >= patience;
    }
}
