package nnet.cli;

/// A mistake of the user that this program itself noticed: what is wrong, and what to do about it.
final class Mistake extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String hint;

    Mistake(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    String hint() {
        return hint;
    }
}
