package nnet.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.source.NearName;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// What a person is told about a mistake on the command line.
record Usage(String title, String hint) {

    static Usage of(ParameterException problem) {
        CommandLine command = problem.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String help = "`" + name + " --help` shows " + (command.getSubcommands().isEmpty() ? "how it is used" : "all commands");
        return switch (problem) {
            case UnmatchedArgumentException unmatched -> unmatched(command, name, unmatched.getUnmatched().getFirst(), help);
            case MissingParameterException missing -> new Usage(missing(name, missing.getMissing().getFirst()), help);
            case OverwrittenOptionException twice -> new Usage("`" + label(twice.getOverwritten()) + "` is there twice", help);
            case ParameterException wrong when wrong.getArgSpec() != null && wrong.getValue() != null ->
                new Usage("`" + label(wrong.getArgSpec()) + "` must be " + kind(wrong.getArgSpec()) + ", but this is `" + wrong.getValue()
                        + "`", help);
            case ParameterException other -> new Usage(other.getMessage(), help);
        };
    }

    private static Usage unmatched(CommandLine command, String name, String argument, String help) {
        Map<String, CommandLine> commands = command.getSubcommands();
        if (argument.startsWith("-")) {
            List<String> options = command.getCommandSpec().options().stream().map(OptionSpec::longestName).toList();
            return new Usage("`" + name + "` has no option `" + argument + "`", NearName.hint(argument, options).orElse(help));
        }
        return commands.isEmpty()
                ? new Usage("`" + argument + "` is one argument too many for `" + name + "`", help)
                : new Usage("there is no command `" + argument + "`", NearName.hint(argument, commands.keySet()).orElse(help));
    }

    private static String missing(String command, ArgSpec argument) {
        return argument instanceof OptionSpec option && !option.required()
                ? "`" + option.longestName() + "` needs a value: `" + label(option) + "`"
                : "`" + command + "` needs `" + label(argument) + "`";
    }

    /// `--threads N`, `FILE`
    private static String label(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() + " " + option.paramLabel() : argument.paramLabel();
    }

    private static String kind(ArgSpec argument) {
        Optional<String> words = Optional.ofNullable(argument.completionCandidates()).map(all -> "one of " + String.join(", ", all));
        return words.orElseGet(() -> switch (argument.type().getSimpleName()) {
            case "Integer", "int", "long" -> "a whole number";
            case "double" -> "a number";
            case "Map" -> "a name and a value, NAME=VALUE";
            default -> "something else";
        });
    }
}
