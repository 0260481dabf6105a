package nnet.cli;

import java.nio.file.InvalidPathException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The commonest command lines, understood without picocli, which takes longer to start than all that a small command does.
///
/// A command says by `NetworkCommand.set` which of its options it takes in this way, each at most once, by its full name and with the value after it. Everything else, above
/// all every mistake and every wish for help, is nothing here, and left to picocli.
final class PlainLine {

    private final Set<String> given = new HashSet<>();

    private PlainLine() {
    }

    /// The command that a line means, with everything set, or nothing if the line is not that plain.
    static Optional<NetworkCommand> read(Nnc nnc, String... arguments) {
        if (arguments.length < 2) {
            return Optional.empty();
        }
        Optional<NetworkCommand> command = switch (arguments[0]) {
            case "check" -> Optional.of(new CheckCommand());
            case "train" -> Optional.of(new TrainCommand());
            case "eval" -> Optional.of(new EvalCommand());
            case "predict" -> Optional.of(new PredictCommand());
            default -> Optional.empty();
        };
        try {
            return command.filter(
                    chosen -> new PlainLine().set(chosen.within(nnc), new ArrayDeque<>(List.of(arguments).subList(1, arguments.length))));
        } catch (NumberFormatException | InvalidPathException _) {
            return Optional.empty();
        }
    }

    private boolean set(NetworkCommand command, Deque<String> rest) {
        int position = 0;
        while (!rest.isEmpty()) {
            String argument = rest.pop();
            boolean isName = argument.startsWith("-") || argument.startsWith("@");
            String name = isName ? argument : Integer.toString(position++);
            String value = isName && !rest.isEmpty() ? rest.pop() : argument;
            if (value.isEmpty() || value.startsWith("-") || value.startsWith("@") || !given.add(name) || !command.set(name, value)) {
                return false;
            }
        }
        return position == command.positions();
    }
}
