package nnet.compiler.parse;

import java.util.List;
import nnet.compiler.source.Diagnostic;
import nnet.compiler.syntax.SourceFile;

/// A file as far as it could be read. Declarations with a syntax error in them are absent from `file`.
public record Parsed(SourceFile file, List<Diagnostic> diagnostics) {

    public Parsed {
        diagnostics = List.copyOf(diagnostics);
    }

    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(Diagnostic::isError);
    }
}
