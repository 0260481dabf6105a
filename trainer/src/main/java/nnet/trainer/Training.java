package nnet.trainer;

import java.io.IOException;
import java.util.List;
import nnet.compiler.model.Recipe;
import nnet.runtime.Manifest;
import nnet.runtime.Network;
import nnet.runtime.Trainer;
import nnet.runtime.Workers;
import nnet.trainer.data.Dataset;
import nnet.trainer.data.Permutation;

/// The loop: epochs of shuffled mini-batches, an evaluation after each, early stopping, checkpoints.
///
/// Every step depends on the seed, the number of the step and the data alone, so a run that was interrupted and resumed ends with the same bits as one that
/// was not.
public final class Training {

    private final Network network;
    private final Recipe recipe;
    private final Examples examples;
    private final Progress progress;
    private final Checkpoint checkpoint;
    private final Trainer trainer;
    private final Evaluation evaluation;
    private final int stepsInEpoch;

    /// @param checkpoint where the state is kept between epochs; `Checkpoint.none()` keeps none
    public Training(Network network, Recipe recipe, Examples examples, Workers workers, Checkpoint checkpoint, Progress progress) {
        this.network = network;
        this.recipe = recipe;
        this.examples = examples;
        this.progress = progress;
        this.checkpoint = checkpoint;
        trainer = network.trainer(recipe.seed(), workers);
        evaluation = new Evaluation(trainer, network.outputs());
        stepsInEpoch = (examples.train().rows() + recipe.batch() - 1) / recipe.batch();
    }

    /// How a training ended.
    public enum End {
        /// All epochs are done.
        COMPLETE,
        /// The validation loss stopped improving; the network has the weights of the best epoch.
        STOPPED_EARLY,
        /// `Progress.cancelled` said so; the network keeps the weights that it had.
        CANCELLED
    }

    /// @param epochs  epochs that were run, resumed ones included
    /// @param seconds of this run
    public record Outcome(End end, int epochs, double seconds, double examplesPerSecond) {
    }

    /// Trains, and gives the network its new weights.
    ///
    /// @throws IOException if a checkpoint cannot be written or read
    public Outcome run() throws IOException {
        long start = System.nanoTime();
        EarlyStopping stopping = stopping();
        int first = checkpoint.resume(trainer, stopping, stepsInEpoch) + 1;
        End end = End.COMPLETE;
        int epoch = first;
        double training = 0;
        for (; epoch <= recipe.epochs() && end == End.COMPLETE; epoch++) {
            long began = System.nanoTime();
            double loss = epoch(epoch);
            if (Double.isNaN(loss) && progress.cancelled()) {
                return new Outcome(End.CANCELLED, epoch - 1, (System.nanoTime() - start) * 1e-9, 0);
            }
            double seconds = (System.nanoTime() - began) * 1e-9;
            training += seconds;
            Progress.Score validation = examples.validation().map(evaluation::score).orElse(Progress.Score.NONE);
            boolean improved = validation.isPresent() && stopping.improves(validation.loss());
            progress.epoch(new Progress.Epoch(epoch, recipe.epochs(), loss, validation, examples.train().rows() / seconds, improved));
            checkpoint.save(trainer, validation.loss(), improved && stopping.isActive());
            if (stopping.exhausted()) {
                end = End.STOPPED_EARLY;
            }
        }
        if (stopping.isActive()) {
            checkpoint.restoreBest(trainer);
        }
        trainer.publish();
        int epochs = epoch - 1;
        double rate = training == 0 ? 0 : (double) (epochs - first + 1) * examples.train().rows() / training;
        return new Outcome(end, epochs, (System.nanoTime() - start) * 1e-9, rate);
    }

    private EarlyStopping stopping() {
        if (recipe.stop().isEmpty()) {
            return EarlyStopping.never();
        }
        Recipe.Call stop = recipe.stop().get();
        if (!stop.name().equals("early_stopping")) {
            throw new RecipeException(stop.span(), "`" + stop.name() + "` is no way to stop", "stop = early_stopping(patience: 3)");
        }
        if (examples.validation().isEmpty()) {
            throw new RecipeException(stop.span(), "early stopping watches the validation loss, but nothing is kept for validation", "add: split = (validation: 0.1)");
        }
        return EarlyStopping.after(stop.argument("patience").map(patience -> ((Number) patience.value()).intValue()).orElse(3));
    }

    /// The mean loss, or NaN if cancelled.
    private double epoch(int epoch) {
        Dataset data = examples.train();
        int[] order = recipe.shuffle() ? Permutation.of(data.rows(), recipe.seed(), epoch) : identity(data.rows());
        double sum = 0;
        for (int step = 0; step < stepsInEpoch; step++) {
            int from = step * recipe.batch();
            int count = Math.min(recipe.batch(), data.rows() - from);
            float loss = step(data, order, from, count);
            sum += (double) loss * count;
            progress.step(epoch, step + 1, stepsInEpoch, loss);
            if (progress.cancelled()) {
                return Double.NaN;
            }
        }
        return sum / data.rows();
    }

    private float step(Dataset data, int[] order, int from, int count) {
        for (Dataset.Values values : data.values()) {
            String name = values.port().name();
            if (values.port().isCategory()) {
                values.gather(order, from, count, trainer.ints(name, recipe.batch()));
            } else {
                values.gather(order, from, count, trainer.floats(name, recipe.batch()));
            }
        }
        return trainer.step(count);
    }

    private static int[] identity(int rows) {
        int[] order = new int[rows];
        java.util.Arrays.setAll(order, i -> i);
        return order;
    }

    /// Loss and metrics with the weights as they are now.
    public Progress.Score score(Dataset data) {
        return evaluation.score(data);
    }

    /// What the network calls its outputs.
    public List<Manifest.Port> outputs() {
        return network.outputs();
    }
}
