package nnet.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/// What all commands about one network have in common.
@Command(mixinStandardHelpOptions = true, usageHelpAutoWidth = true)
abstract class NetworkCommand implements Callable<Integer> {

    @ParentCommand
    private Nnc nnc;

    @Mixin
    SourceOptions source;

    Terminal terminal() {
        return nnc.terminal();
    }

    @Override
    public final Integer call() throws IOException {
        return run() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /// Whether all went well; what did not has been shown.
    abstract boolean run() throws IOException;
}
