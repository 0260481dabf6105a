package nnet.cli;

import java.io.IOException;
import nnet.compiler.check.Checked;
import picocli.CommandLine.Command;

/// `nnc check`: everything that can be wrong with a source, without making code.
@Command(name = "check", description = "Says whether a network is right, and if not, why.")
final class CheckCommand extends NetworkCommand {

    @Override
    boolean run() throws IOException {
        Checked checked = source.check(terminal());
        checked.model().ifPresent(model -> terminal().out().println(source.file + ": " + model.name() + " is right, "
                + Numbers.count(Layers.parameters(model), "parameter")));
        return checked.model().isPresent();
    }
}
