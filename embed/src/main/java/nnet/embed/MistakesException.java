package nnet.embed;

import java.util.List;
import nnet.compiler.source.Diagnostic;
import nnet.compiler.source.DiagnosticRenderer;

/// A source has mistakes; the message shows them with their places, as `nnc` does.
public final class MistakesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Diagnostic> diagnostics;

    MistakesException(List<Diagnostic> diagnostics) {
        super(DiagnosticRenderer.plain().render(diagnostics).strip());
        this.diagnostics = List.copyOf(diagnostics);
    }

    /// The mistakes as data.
    public List<Diagnostic> diagnostics() {
        return diagnostics;
    }
}
