package nnet.trainer;

import nnet.compiler.source.Diagnostic;
import nnet.compiler.source.Span;

/// A recipe asks for something that training cannot do: the user's mistake, with its place.
public final class RecipeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Diagnostic diagnostic;

    public RecipeException(Span span, String message, String hint) {
        super(message);
        Diagnostic said = Diagnostic.error(message, span, "");
        diagnostic = hint.isEmpty() ? said : said.hint(hint);
    }

    public Diagnostic diagnostic() {
        return diagnostic;
    }
}
