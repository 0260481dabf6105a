package nnet.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import nnet.compiler.Texts;
import nnet.compiler.model.Recipe;
import nnet.runtime.Network;
import nnet.runtime.Workers;

/// One training, from the recipe to the files that it leaves: `NAME.safetensors` and `run.json`.
///
/// ```java
/// Texts texts = NetworkFile.read(file, Map.of());
/// LoadedNetwork loaded = LoadedNetwork.compile(texts, Journey.SILENT).network().orElseThrow();
/// Examples examples = Examples.of(loaded.model(), recipe, file.getParent());
/// TrainingRun.Result result = new TrainingRun(texts, loaded, examples).run(new TrainingRun.Options(file, folder, OptionalInt.empty(), false), Progress.SILENT);
/// ```
public final class TrainingRun {

    private final Texts texts;
    private final LoadedNetwork loaded;
    private final Recipe recipe;
    private final Examples examples;

    /// @throws RecipeException if the network has no recipe
    public TrainingRun(Texts texts, LoadedNetwork loaded, Examples examples) {
        this.texts = texts;
        this.loaded = loaded;
        this.recipe = recipe(loaded);
        this.examples = examples;
    }

    /// The recipe of a network.
    ///
    /// @throws RecipeException if it has none
    public static Recipe recipe(LoadedNetwork loaded) {
        String name = loaded.model().name();
        return loaded.model().recipe()
                .orElseThrow(() -> new RecipeException(loaded.model().span(), "this network has no recipe to train by",
                        "add: train " + name
                                + " { data = csv(\"file.csv\"); loss = mean_squared_error; optimizer = Adam(); epochs = 10; batch = 32 }"));
    }

    /// @param source  the .nnet file, which `start_from` is relative to
    /// @param folder  where the files go; it is made if it is not there
    /// @param threads absent: what the recipe says, or one for each processor
    /// @param resume  whether to go on from the checkpoint of an interrupted training
    public record Options(Path source, Path folder, OptionalInt threads, boolean resume) {
    }

    /// @param scores by split, in the order `train`, `validation`, `test`; empty if the training was cancelled
    /// @param files  what was written
    public record Result(Network network, Training.Outcome outcome, Map<String, Progress.Score> scores, List<Path> files) {
    }

    /// Trains and writes the files.
    ///
    /// @throws IOException if a file cannot be read or written
    public Result run(Options options, Progress progress) throws IOException {
        Files.createDirectories(options.folder());
        String name = loaded.model().name();
        Checkpoint checkpoint = Checkpoint.in(options.folder(), name, Hashes.fingerprint(texts, examples.files()), options.resume());
        OptionalInt threads = options.threads().isPresent() ? options.threads() : recipe.threads();
        try (Workers workers = threads.isPresent() ? Workers.of(threads.getAsInt()) : Workers.shared()) {
            Network network = loaded.create(recipe.seed());
            Training training = new Training(network, recipe, examples, workers, checkpoint, progress);
            training.startFrom(options.source().toAbsolutePath().getParent());
            Training.Outcome outcome = training.run();
            if (outcome.end() == Training.End.CANCELLED) {
                return new Result(network, outcome, Map.of(), List.of());
            }
            Path weights = options.folder().resolve(name + ".safetensors");
            Path report = options.folder().resolve("run.json");
            Map<String, Progress.Score> scores = scores(training);
            new Soundness(recipe).end(scores);
            network.save(weights, examples.encoding().metadata());
            report(network, outcome, scores, workers.count()).write(report);
            checkpoint.remove();
            return new Result(network, outcome, scores, List.of(weights, report));
        }
    }

    private Map<String, Progress.Score> scores(Training training) {
        Map<String, Progress.Score> scores = new LinkedHashMap<>();
        scores.put("train", training.score(examples.train()));
        examples.validation().ifPresent(data -> scores.put("validation", training.score(data)));
        examples.test().ifPresent(data -> scores.put("test", training.score(data)));
        return scores;
    }

    private RunReport report(Network network, Training.Outcome outcome, Map<String, Progress.Score> scores, int threads)
            throws IOException {
        Map<String, String> settings = new LinkedHashMap<>();
        recipe.text().forEach(setting -> settings.put(setting.name(), setting.text()));
        Map<String, String> versions = new LinkedHashMap<>();
        String version = TrainingRun.class.getPackage().getImplementationVersion();
        versions.put("nnc", version == null ? "development" : version);
        versions.put("java", Runtime.version().toString());
        versions.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return new RunReport(network.name(), scores, outcome.epochs(), outcome.end().name().toLowerCase(Locale.ROOT), outcome.seconds(),
                outcome.examplesPerSecond(),
                recipe.seed(), threads, settings, versions, Hashes.of(texts, examples.files()));
    }
}
