package nnet.trainer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import nnet.compiler.model.Recipe;
import nnet.runtime.Network;
import nnet.runtime.Workers;

/// How good a recipe is on data that it has not seen: it is trained once for each fold, from the same start, and scored on the fold that was left out.
///
/// @param folds     the score of each fold
/// @param mean      of loss and metrics over the folds
/// @param deviation their standard deviation (over n - 1)
public record CrossValidation(List<Progress.Score> folds, Progress.Score mean, Progress.Score deviation, double seconds) {

    /// Trains and scores every fold. No files are written.
    ///
    /// @param folds  as `Examples.folds` makes them
    /// @param folder that of the .nnet file, which `start_from` is relative to
    /// @throws IOException if the weights to start from cannot be read, or a temporary file for early stopping cannot be written
    public static CrossValidation run(LoadedNetwork loaded, List<Examples> folds, Path folder, Workers workers, Progress progress)
            throws IOException {
        Recipe recipe = TrainingRun.recipe(loaded);
        long start = System.nanoTime();
        List<Progress.Score> scores = new ArrayList<>();
        for (Examples fold : folds) {
            Network network = loaded.create(recipe.seed());
            Checkpoint checkpoint = Checkpoint.none();
            Training training = new Training(network, recipe, fold, workers, checkpoint, progress);
            training.startFrom(folder);
            if (training.run().end() == Training.End.CANCELLED) {
                break;
            }
            scores.add(training.score(fold.validation().orElseThrow()));
            checkpoint.remove();
        }
        return new CrossValidation(List.copyOf(scores), overall(scores, CrossValidation::mean), overall(scores, CrossValidation::deviation),
                (System.nanoTime() - start) * 1e-9);
    }

    /// Whether all folds were done.
    public boolean isComplete(List<Examples> of) {
        return folds.size() == of.size();
    }

    /// The scores by name, for tables and reports: `fold1`, `fold2`, ..., then `validation` (the mean) and `deviation`.
    public Map<String, Progress.Score> scores() {
        Map<String, Progress.Score> named = new LinkedHashMap<>();
        for (int i = 0; i < folds.size(); i++) {
            named.put("fold" + (i + 1), folds.get(i));
        }
        named.put("validation", mean);
        named.put("deviation", deviation);
        return named;
    }

    private static Progress.Score overall(List<Progress.Score> scores, ToDoubleFunction<List<Double>> statistic) {
        Map<String, Float> metrics = new LinkedHashMap<>();
        for (String name : scores.isEmpty() ? List.<String>of() : List.copyOf(scores.getFirst().metrics().keySet())) {
            metrics.put(name, (float) statistic.applyAsDouble(scores.stream().map(score -> (double) score.metrics().get(name)).toList()));
        }
        return new Progress.Score(statistic.applyAsDouble(scores.stream().map(Progress.Score::loss).toList()), metrics);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    private static double deviation(List<Double> values) {
        double mean = mean(values);
        return Math.sqrt(values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum() / Math.max(1, values.size() - 1));
    }
}
