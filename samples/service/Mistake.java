/** A mistake of whoever asked; the message is for them. */
final class Mistake extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Mistake(String message) {
        super(message);
    }
}
