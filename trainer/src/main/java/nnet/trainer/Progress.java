package nnet.trainer;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Who watches a training. All methods are called by the training thread.
public interface Progress {

    /// Nobody watches.
    Progress SILENT = new Progress() {
    };

    /// The training begins with the weights of a file, as `start_from` says.
    ///
    /// @param fresh paths of the parameters and states that the file lacks
    default void startsFrom(Path file, List<String> fresh) {
    }

    /// A step is done; called after every step, so it must be quick.
    ///
    /// @param epoch counts from 1
    /// @param done  steps of this epoch that are done
    /// @param of    steps of an epoch
    default void step(int epoch, int done, int of, float loss) {
    }

    /// An epoch is done.
    default void epoch(Epoch epoch) {
    }

    /// Whether the user wants to stop; asked after every step. The training then ends as if killed: what the last checkpoint holds can be resumed.
    default boolean cancelled() {
        return false;
    }

    /// What came of an epoch.
    ///
    /// @param number          counts from 1
    /// @param trainLoss       mean over the steps, with penalties and dropout, while the weights moved
    /// @param validation      absent (NaN and no metrics) where nothing is kept for validation
    /// @param examplesPerSecond of training alone
    /// @param improved        whether the validation loss is the best so far
    record Epoch(int number, int of, double trainLoss, Score validation, double examplesPerSecond, boolean improved) {
    }

    /// Loss (mean over the examples, without penalties) and metrics of one split.
    record Score(double loss, Map<String, Float> metrics) {

        static final Score NONE = new Score(Double.NaN, Map.of());

        public boolean isPresent() {
            return this != NONE;
        }
    }
}
