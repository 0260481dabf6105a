/** A mistake of whoever asked; the message is for them. */
final class Mistake extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    Mistake(String message) {
        this(400, message);
    }

    /** @param status of the answer, as HTTP numbers them */
    Mistake(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
