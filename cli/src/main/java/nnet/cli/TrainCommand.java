package nnet.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.model.Recipe;
import nnet.runtime.Workers;
import nnet.trainer.CrossValidation;
import nnet.trainer.Examples;
import nnet.trainer.LoadedNetwork;
import nnet.trainer.Progress;
import nnet.trainer.Training;
import nnet.trainer.TrainingRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `nnc train`: from the recipe to weights and a report.
@Command(name = "train", description = "Trains a network by its recipe, and writes weights (NAME.safetensors) and a report (run.json).")
final class TrainCommand extends NetworkCommand {

    @Option(names = {"-o",
        "--output"}, paramLabel = "DIR", description = "Where weights and report go; out/NAME in the working directory if absent.")
    Path folder;

    @Option(names = "--resume", description = "Goes on with a training that was interrupted. The final weights are the same as without the interruption.")
    boolean resume;

    @Option(names = "--folds", paramLabel = "K", description = "Cross-validates instead: trains K times, each time without another K-th of the rows, and scores "
            + "the rows that were left out. Writes nothing.")
    Integer folds;

    @Mixin
    SourceOptions.Threads threads = new SourceOptions.Threads();

    @Override
    boolean set(String name, String value) {
        switch (name) {
            case "-o", "--output" -> folder = Path.of(value);
            case "--threads" -> threads.count = Integer.valueOf(value);
            default -> {
                return super.set(name, value);
            }
        }
        return true;
    }

    @Override
    boolean run() throws IOException {
        threads.check();
        Optional<LoadedNetwork> loaded = source.load(terminal(), model -> Relay.look(model, source.folder(), folds == null ? 1 : folds));
        return loaded.isPresent() && (folds == null ? train(loaded.get()) : validate(loaded.get()));
    }

    private boolean train(LoadedNetwork loaded) throws IOException {
        Recipe recipe = TrainingRun.recipe(loaded);
        Examples examples = Examples.of(loaded.model(), recipe, source.folder());
        examples.notes().forEach(terminal().err()::println);
        Path target = folder == null ? Path.of("out", loaded.model().name()) : folder;
        TrainingRun training = new TrainingRun(source.read(), loaded, examples);
        TrainingRun.Options options = new TrainingRun.Options(source.file.toAbsolutePath(), target, threads.count(), resume);
        TrainingRun.Result result;
        try (TrainingProgress progress = TrainingProgress.on(terminal(), recipe.epochs(), "interrupted; go on with --resume")) {
            result = training.run(options, progress);
        }
        return tell(result, examples);
    }

    private boolean validate(LoadedNetwork loaded) throws IOException {
        if (folds < 2) {
            throw Mistake.ofUsage("--folds takes a number from 2 on, not " + folds, "");
        }
        List<Examples> parts = Examples.folds(loaded.model(), TrainingRun.recipe(loaded), source.folder(), folds);
        CrossValidation result;
        try (Workers workers = threads.workers();
                TrainingProgress progress = TrainingProgress.on(terminal(), TrainingRun.recipe(loaded).epochs(), "interrupted")) {
            result = CrossValidation.run(loaded, parts, source.folder(), workers, progress);
        }
        if (!result.isComplete(parts)) {
            return false;
        }
        terminal().out().println("trained " + Numbers.count(parts.size(), "fold") + " in " + Numbers.time(result.seconds()));
        print(terminal(), result.scores());
        return true;
    }

    private boolean tell(TrainingRun.Result result, Examples examples) {
        Training.Outcome outcome = result.outcome();
        if (outcome.end() == Training.End.CANCELLED) {
            return false;
        }
        terminal().out().println("trained " + Numbers.count(outcome.epochs(), "epoch") + " in " + Numbers.time(outcome.seconds()) + " ("
                + Numbers.grouped(Math.round(outcome.examplesPerSecond())) + " examples/s)"
                + (outcome.end() == Training.End.STOPPED_EARLY ? ", stopped early: the weights are those of the best epoch" : ""));
        print(terminal(), result.scores());
        Predictions.showIfFew(terminal(), result.network(), examples);
        result.files().forEach(file -> terminal().out().println("wrote " + file));
        return true;
    }

    static void print(Terminal terminal, Map<String, Progress.Score> scores) {
        String[] metrics = scores.values().stream().findFirst().map(score -> score.metrics().keySet().toArray(String[]::new)).orElseThrow();
        String[] head = new String[metrics.length + 2];
        head[0] = "";
        head[1] = "loss";
        System.arraycopy(metrics, 0, head, 2, metrics.length);
        TextTable table = new TextTable(head);
        scores.forEach((split, score) -> {
            Object[] cells = new Object[head.length];
            cells[0] = split;
            cells[1] = Numbers.brief(score.loss());
            for (int i = 0; i < metrics.length; i++) {
                cells[i + 2] = Numbers.brief(score.metrics().get(metrics[i]));
            }
            table.row(cells);
        });
        table.print(terminal.out());
    }
}
