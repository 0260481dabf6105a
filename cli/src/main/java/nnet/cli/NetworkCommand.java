package nnet.cli;

import java.io.IOException;
import java.nio.file.Path;
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
    SourceOptions source = new SourceOptions();

    /// For those that start without picocli.
    final NetworkCommand within(Nnc main) {
        nnc = main;
        return this;
    }

    /// Takes the value of an option (`-o`) or parameter (`0`) of a plain command line; false if this is not one that `PlainLine` may read.
    boolean set(String name, String value) {
        boolean isFile = name.equals("0");
        if (isFile) {
            source.file = Path.of(value);
        }
        return isFile;
    }

    /// Parameters that a plain command line must have.
    int positions() {
        return 1;
    }

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
