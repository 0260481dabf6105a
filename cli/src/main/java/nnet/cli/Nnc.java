package nnet.cli;

import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `nnc`: the command with its subcommands, and what becomes of exceptions.
@Command(name = "nnc", description = "Compiles and trains neural networks written in .nnet files.", mixinStandardHelpOptions = true, versionProvider = Nnc.Version.class, synopsisSubcommandLabel = "COMMAND", usageHelpAutoWidth = true, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
    "0:done", "1:a mistake in a source, data or weights file; or a mistake of nnc", "2:a mistake on the command line"}, subcommands = {
        CheckCommand.class, ShowCommand.class, TrainCommand.class, EvalCommand.class, PredictCommand.class, GenerateCommand.class,
        CompileCommand.class,
        BuildCommand.class,
        DumpCommand.class, DoctorCommand.class})
final class Nnc implements Runnable {

    @Spec
    private CommandSpec spec;
    private final Terminal terminal;

    Nnc(Terminal terminal) {
        this.terminal = terminal;
    }

    Terminal terminal() {
        return terminal;
    }

    /// Runs one command.
    ///
    /// @return the exit code
    static int run(Terminal terminal, String... arguments) {
        Nnc nnc = new Nnc(terminal);
        Optional<NetworkCommand> plain = PlainLine.read(nnc, arguments);
        return plain.isPresent() ? nnc.call(arguments[0], plain.get()) : nnc.execute(arguments);
    }

    private int call(String name, NetworkCommand command) {
        try {
            return command.call();
        } catch (Exception | OutOfMemoryError problem) {
            return new Failure(terminal, name).report(problem);
        }
    }

    private int execute(String... arguments) {
        CommandLine line = new CommandLine(this);
        line.setOut(new PrintWriter(terminal.out(), true));
        line.setErr(new PrintWriter(terminal.err(), true));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(terminal.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setParameterExceptionHandler((problem, _) -> usage(terminal, problem));
        line.setExecutionExceptionHandler((problem, command, _) -> new Failure(terminal, command.getCommandName()).report(problem));
        try {
            return line.execute(arguments);
        } catch (OutOfMemoryError problem) {
            return new Failure(terminal, arguments[0]).report(problem);
        }
    }

    private static int usage(Terminal terminal, ParameterException problem) {
        Usage usage = Usage.of(problem);
        terminal.error(usage.title(), usage.hint());
        return CommandLine.ExitCode.USAGE;
    }

    @Override
    public void run() {
        spec.commandLine().usage(terminal.out());
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[]{"nnc " + text(), "Java ${java.version} (${java.vendor}), ${os.name} ${os.arch}"};
        }

        static String text() {
            String version = Nnc.class.getPackage().getImplementationVersion();
            return version == null ? "of a development build" : version;
        }
    }
}
