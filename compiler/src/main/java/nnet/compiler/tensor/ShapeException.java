package nnet.compiler.tensor;

/// Operands that an operation cannot take: a mistake of the pass that built the equation.
public final class ShapeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ShapeException(String message) {
        super(message);
    }
}
