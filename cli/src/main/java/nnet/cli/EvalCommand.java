package nnet.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import nnet.compiler.model.Recipe;
import nnet.runtime.Network;
import nnet.runtime.Trainer;
import nnet.runtime.Workers;
import nnet.trainer.Evaluation;
import nnet.trainer.Examples;
import nnet.trainer.LoadedNetwork;
import nnet.trainer.Progress;
import nnet.trainer.TrainingRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `nnc eval`: loss and metrics of trained weights.
@Command(name = "eval", description = "Tells loss and metrics of trained weights on every split of the data.")
final class EvalCommand extends TrainedCommand {

    @Mixin
    SourceOptions.Threads threads = new SourceOptions.Threads();

    @Override
    void run(LoadedNetwork loaded, Network network) throws IOException {
        Recipe recipe = TrainingRun.recipe(loaded);
        Examples examples = Examples.of(loaded.model(), recipe, source.folder(), weights.encoding(loaded));
        try (Workers workers = threads.workers(); Trainer trainer = network.trainer(recipe.seed(), workers)) {
            Evaluation evaluation = new Evaluation(trainer, network.outputs());
            Map<String, Progress.Score> scores = new LinkedHashMap<>();
            scores.put("train", evaluation.score(examples.train()));
            examples.validation().ifPresent(data -> scores.put("validation", evaluation.score(data)));
            examples.test().ifPresent(data -> scores.put("test", evaluation.score(data)));
            TrainCommand.print(terminal(), scores);
        }
    }
}
