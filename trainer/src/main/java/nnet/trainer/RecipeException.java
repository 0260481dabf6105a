package nnet.trainer;

import java.util.List;
import nnet.compiler.source.Diagnostic;
import nnet.compiler.source.Span;

/// A recipe asks for something that training cannot do: the user's mistake, with its place.
public final class RecipeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    public RecipeException(Span span, String message, String hint) {
        super(message);
        diagnostic = new Diagnostic(Diagnostic.Severity.ERROR, message, List.of(new Diagnostic.Label(span, "")),
                hint.isEmpty() ? List.of() : List.of(hint));
    }

    public Diagnostic diagnostic() {
        return diagnostic;
    }
}
