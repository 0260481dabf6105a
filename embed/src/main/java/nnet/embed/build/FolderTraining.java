package nnet.embed.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import nnet.compiler.Compiler;
import nnet.compiler.Journey;
import nnet.compiler.Texts;
import nnet.compiler.model.Recipe;
import nnet.compiler.parse.Parser;
import nnet.compiler.source.Diagnostic;
import nnet.trainer.Examples;
import nnet.trainer.Hashes;
import nnet.trainer.LoadedNetwork;
import nnet.trainer.Progress;
import nnet.trainer.TrainingRun;

/// Trains the networks of a folder that have a recipe, and puts the weights beside the classes. A training is done once for the same sources, data and version of the compiler:
/// its files stay in a folder of the cache that is named after the hash of all of these. One that was interrupted is gone on with.
public final class FolderTraining {

    private final Folders folders;
    private final Path cache;
    private final BuildRecord after = new BuildRecord();
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final List<Trained> trained = new ArrayList<>();

    private FolderTraining(Folders folders, Path cache) {
        this.folders = folders;
        this.cache = cache;
    }

    /// @param scores  by split; empty if the weights were in the cache
    /// @param weights where they are now
    public record Trained(String network, Path weights, Map<String, Progress.Score> scores) {
    }

    public record Outcome(List<Trained> trained, List<Diagnostic> diagnostics) {

        public boolean isRight() {
            return diagnostics.stream().noneMatch(Diagnostic::isError);
        }
    }

    /// Trains what is not in the cache.
    ///
    /// @throws IOException                     if a file cannot be read or written
    /// @throws nnet.trainer.data.DataException for mistakes in the data
    /// @throws nnet.trainer.RecipeException    for a recipe that cannot be followed
    public static Outcome run(Folders folders, Path cache) throws IOException {
        FolderTraining training = new FolderTraining(folders, cache);
        BuildRecord before = BuildRecord.read(folders.record());
        for (Path file : folders.files(".nnet")) {
            training.train(file);
        }
        Set<Path> stale = new HashSet<>(before.made());
        stale.removeAll(training.after.made());
        for (Path file : stale) {
            Files.deleteIfExists(file);
        }
        training.after.write(folders.record());
        return new Outcome(List.copyOf(training.trained), training.diagnostics.stream().distinct().toList());
    }

    private void train(Path file) throws IOException {
        Texts texts = folders.read(file);
        if (Product.isLibrary(Parser.parse(texts.main()))) {
            return;
        }
        List<Path> weights = new ArrayList<>();
        StringBuilder keys = new StringBuilder();
        for (Texts one : texts.each()) {
            LoadedNetwork.Outcome outcome = LoadedNetwork.compile(one, Journey.SILENT);
            diagnostics.addAll(outcome.diagnostics());
            Optional<Recipe> recipe = outcome.network().flatMap(network -> network.model().recipe());
            if (recipe.isPresent() && recipe.get().data().isPresent()) {
                keys.append(train(file, one, outcome.network().orElseThrow(), recipe.get()));
                weights.add(trained.getLast().weights());
            }
        }
        if (!weights.isEmpty()) {
            after.put(folders.name(file), new BuildRecord.Entry(Hashes.hash(keys.toString()), weights));
        }
    }

    /// Trains one network, or takes its weights from the cache, and tells the hash of what they were made from.
    private String train(Path file, Texts texts, LoadedNetwork network, Recipe recipe) throws IOException {
        Examples examples = Examples.of(network.model(), recipe, file.toAbsolutePath().getParent());
        String key = Hashes.hash(Compiler.VERSION + Hashes.fingerprint(texts, examples.files()).get());
        String name = network.model().name();
        Path kept = cache.resolve(name + "-" + key.substring(0, 32));
        Path weights = kept.resolve(name + ".safetensors");
        Map<String, Progress.Score> scores = Map.of();
        if (!Files.exists(kept.resolve("run.json"))) {
            TrainingRun.Options options = new TrainingRun.Options(file.toAbsolutePath(), kept, OptionalInt.empty(), true);
            scores = new TrainingRun(texts, network, examples).run(options, Progress.SILENT).scores();
        }
        Path beside = folders.classes().resolve(network.type().getName().replace('.', '/') + ".safetensors");
        Files.createDirectories(beside.getParent());
        if (!Files.exists(beside) || Files.mismatch(weights, beside) >= 0) {
            Files.copy(weights, beside, StandardCopyOption.REPLACE_EXISTING);
        }
        trained.add(new Trained(network.type().getName(), beside, scores));
        return key;
    }
}
