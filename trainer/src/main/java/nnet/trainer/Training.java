package nnet.trainer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
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
    private final Soundness soundness;
    private final Batching batching;
    private final int stepsInEpoch;

    /// @param checkpoint where the state is kept between epochs; `Checkpoint.none()` keeps none
    public Training(Network network, Recipe recipe, Examples examples, Workers workers, Checkpoint checkpoint, Progress progress) {
        this.network = network;
        this.recipe = recipe;
        this.examples = examples;
        this.progress = progress;
        this.checkpoint = checkpoint;
        trainer = network.trainer(recipe.seed(), workers);
        fit(examples.train());
        evaluation = new Evaluation(trainer, network.outputs());
        soundness = new Soundness(recipe);
        batching = Batching.of(network.lengths(), examples.train(), recipe.batch());
        stepsInEpoch = batching.steps();
    }

    /// Records are encoded by what the training rows alone say.
    private void fit(Dataset train) {
        for (Dataset.Column column : train.columns()) {
            if (column.port().isRow()) {
                trainer.fit(column.port().name(), column.reals(), train.rows());
            }
        }
    }

    /// Takes over the parameters of a file that fit this network, if `start_from` asks for it; those that the file lacks keep their fresh values.
    ///
    /// @param folder that the file is relative to
    /// @throws IOException if the file cannot be read, or nothing in it fits
    void startFrom(Path folder) throws IOException {
        if (recipe.startFrom().isEmpty()) {
            return;
        }
        Path file = folder.resolve(recipe.startFrom().get());
        List<String> fresh = trainer.startFrom(file);
        if (fresh.size() == network.parameters().size() + network.states().size()) {
            throw new IOException(file + ": no parameter in it has the name and the shape of one of " + network.name());
        }
        progress.startsFrom(file, fresh);
    }

    /// How a training ended.
    public enum End {
        /// All epochs are done.
        COMPLETE,
        /// The validation loss stopped improving; the network has the weights of the best epoch.
        STOPPED_EARLY,
        /// `Progress.cancelled` said so: the checkpoint holds where the training was, the network keeps the weights that it had.
        CANCELLED
    }

    /// @param epochs  epochs that were run, resumed ones included
    /// @param seconds of this run
    public record Outcome(End end, int epochs, double seconds, double examplesPerSecond) {
    }

    /// Trains, and gives the network its new weights.
    ///
    /// @throws RecipeException if the loss is no number any more, and early stopping has no epoch to go back to
    /// @throws IOException if a checkpoint cannot be written or read
    public Outcome run() throws IOException {
        try (Feeder feeder = new Feeder(trainer, examples.train(), recipe.batch())) {
            return run(feeder);
        }
    }

    private Outcome run(Feeder feeder) throws IOException {
        long start = System.nanoTime();
        evaluation.outside(examples.train()).ifPresent(soundness::probabilities);
        EarlyStopping stopping = stopping();
        checkpoint.resume(trainer, stopping, stepsInEpoch);
        int first = trainer.steps() / stepsInEpoch + 1;
        int epoch = first;
        double training = 0;
        for (; epoch <= recipe.epochs() && !stopping.exhausted(); epoch++) {
            long began = System.nanoTime();
            OptionalDouble loss = epoch(epoch, feeder);
            if (loss.isEmpty()) {
                checkpoint.keep(trainer);
                return new Outcome(End.CANCELLED, epoch - 1, (System.nanoTime() - start) * 1e-9, 0);
            }
            if (!stopping.diverges(loss.getAsDouble())) {
                soundness.epoch(epoch, loss.getAsDouble());
            }
            double seconds = (System.nanoTime() - began) * 1e-9;
            training += seconds;
            Progress.Score validation = examples.validation().map(evaluation::score).orElse(Progress.Score.NONE);
            boolean improved = validation.isPresent() && stopping.improves(validation.loss());
            progress.epoch(new Progress.Epoch(epoch, recipe.epochs(), loss.getAsDouble(), validation, examples.train().rows() / seconds, improved));
            checkpoint.save(trainer, validation.loss(), improved && stopping.isActive());
        }
        if (stopping.isActive()) {
            checkpoint.restoreBest(trainer);
        }
        trainer.publish();
        int epochs = epoch - 1;
        double rate = training == 0 ? 0 : (double) (epochs - first + 1) * examples.train().rows() / training;
        return new Outcome(stopping.exhausted() ? End.STOPPED_EARLY : End.COMPLETE, epochs, (System.nanoTime() - start) * 1e-9, rate);
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
        return EarlyStopping.after((int) number(stop, "patience", 3), number(stop, "minimum_delta", 0));
    }

    private static double number(Recipe.Call call, String name, double otherwise) {
        return call.argument(name).map(argument -> {
            if (argument.value() instanceof Number number && number.doubleValue() >= 0) {
                return number.doubleValue();
            }
            throw new RecipeException(argument.span(), "`" + name + "` is a number from 0 on", "");
        }).orElse(otherwise);
    }

    /// The mean loss over the steps of an epoch that were not done before an interruption, or nothing if cancelled.
    private OptionalDouble epoch(int epoch, Feeder feeder) {
        Dataset data = examples.train().in(epoch);
        int[] order = recipe.shuffle() ? Permutation.of(data.rows(), recipe.seed(), epoch) : Dataset.identity(data.rows());
        int first = trainer.steps() % stepsInEpoch;
        feeder.begin(data.columns(), batching.batches(order, recipe.seed(), epoch), first);
        double sum = 0;
        int rows = 0;
        for (int step = first; step < stepsInEpoch; step++) {
            if (progress.cancelled()) {
                return OptionalDouble.empty();
            }
            int count = feeder.feed(step);
            float loss = trainer.step(count);
            sum += (double) loss * count;
            rows += count;
            progress.step(epoch, step + 1, stepsInEpoch, loss);
        }
        return OptionalDouble.of(sum / rows);
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
