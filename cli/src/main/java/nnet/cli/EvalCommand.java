package nnet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.model.Recipe;
import nnet.runtime.Network;
import nnet.runtime.Safetensors;
import nnet.runtime.Trainer;
import nnet.runtime.Workers;
import nnet.trainer.Evaluation;
import nnet.trainer.Examples;
import nnet.trainer.LoadedNetwork;
import nnet.trainer.Progress;
import nnet.trainer.TrainingRun;
import nnet.trainer.data.Encoding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `nnc eval`: loss and metrics of trained weights.
@Command(name = "eval", description = "Tells loss and metrics of trained weights on every split of the data.")
final class EvalCommand extends NetworkCommand {

    @Mixin
    WeightsOption weights = new WeightsOption();

    @Mixin
    SourceOptions.Threads threads = new SourceOptions.Threads();

    @Override
    boolean set(String name, String value) {
        return weights.set(name, value) || super.set(name, value);
    }

    @Override
    boolean run() throws IOException {
        Optional<LoadedNetwork> loaded = source.load(terminal());
        if (loaded.isEmpty()) {
            return false;
        }
        Recipe recipe = TrainingRun.recipe(loaded.get());
        Network network = weights.restore(loaded.get());
        Examples examples = Examples.of(loaded.get().model(), recipe, source.folder(), weights.encoding(loaded.get()));
        try (Workers workers = threads.workers(); Trainer trainer = network.trainer(recipe.seed(), workers)) {
            Evaluation evaluation = new Evaluation(trainer, network.outputs());
            Map<String, Progress.Score> scores = new LinkedHashMap<>();
            scores.put("train", evaluation.score(examples.train()));
            examples.validation().ifPresent(data -> scores.put("validation", evaluation.score(data)));
            examples.test().ifPresent(data -> scores.put("test", evaluation.score(data)));
            TrainCommand.print(terminal(), scores);
        }
        return true;
    }

    /// `--weights FILE` of the commands that use trained weights.
    static final class WeightsOption {

        @Option(names = {"-w",
            "--weights"}, paramLabel = "FILE", description = "The trained weights; out/NAME/NAME.safetensors in the working directory if absent.")
        Path file;

        /// Takes the value of an option of a plain command line, if it is this one.
        boolean set(String name, String value) {
            boolean isWeights = name.equals("-w") || name.equals("--weights");
            if (isWeights) {
                file = Path.of(value);
            }
            return isWeights;
        }

        /// The network with the weights of the file.
        Network restore(LoadedNetwork loaded) throws IOException {
            Network network = loaded.create(0);
            network.restore(file(loaded));
            return network;
        }

        /// How the data was read that the weights were trained on.
        Encoding encoding(LoadedNetwork loaded) throws IOException {
            Path from = file(loaded);
            return Encoding.of(from, Safetensors.read(from).metadata());
        }

        private Path file(LoadedNetwork loaded) {
            String name = loaded.model().name();
            Path from = file == null ? Path.of("out", name, name + ".safetensors") : file;
            if (!Files.exists(from)) {
                throw new Mistake(from + ": there is no such file",
                        file == null ? "train the network first, or name its weights with --weights FILE" : "");
            }
            return from;
        }
    }
}
