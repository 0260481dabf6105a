package nnet.trainer.data;

import java.nio.file.Path;
import java.util.Optional;

/// A mistake in the user's data: says the file, the row if there is one, what is wrong and what to do.
public final class DataException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String hint;

    private DataException(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    public static DataException in(Path file, String message, String hint) {
        return new DataException(file + ": " + message, hint);
    }

    /// `line` counts from 1 in the file.
    public static DataException at(Path file, long line, String message, String hint) {
        return new DataException(file + ":" + line + ": " + message, hint);
    }

    /// `1 column`, `3 columns`.
    static String count(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    /// What to do about it, where there is something to say.
    public Optional<String> hint() {
        return hint.isEmpty() ? Optional.empty() : Optional.of(hint);
    }
}
