package nnet.cli;

import picocli.CommandLine.ExitCode;

/// A mistake of the user that this program itself noticed: what is wrong, and what to do about it.
final class Mistake extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String hint;
    private final int status;

    private Mistake(String message, String hint, int status) {
        super(message);
        this.hint = hint;
        this.status = status;
    }

    Mistake(String message, String hint) {
        this(message, hint, ExitCode.SOFTWARE);
    }

    /// A value on the command line that cannot be.
    static Mistake ofUsage(String message, String hint) {
        return new Mistake(message, hint, ExitCode.USAGE);
    }

    /// What the command exits with.
    int status() {
        return status;
    }

    String hint() {
        return hint;
    }
}
