package nnet.cli;

import java.io.IOException;
import java.util.List;
import nnet.compiler.model.Model;
import picocli.CommandLine.Command;

/// `nnc check`: everything that can be wrong with a source, without making code.
@Command(name = "check", description = "Says whether a network is right, and if not, why.")
final class CheckCommand extends NetworkCommand {

    @Override
    boolean run() throws IOException {
        List<Model> models = source.check(terminal());
        models.forEach(model -> terminal().out().println(source.file + ": " + model.name() + " is right, "
                + Numbers.count(Layers.parameters(model), "parameter")));
        return !models.isEmpty();
    }
}
