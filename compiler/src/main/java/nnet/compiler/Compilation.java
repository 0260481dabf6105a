package nnet.compiler;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.model.Model;
import nnet.compiler.source.Diagnostic;

/// What came of a compilation.
///
/// @param model       the checked network; absent where there were errors
/// @param classes     class files by binary name; empty where there were errors
/// @param diagnostics errors and warnings, in the order of the source
public record Compilation(Optional<Model> model, Map<String, byte[]> classes, List<Diagnostic> diagnostics) {

    public Compilation {
        classes = Map.copyOf(classes);
        diagnostics = List.copyOf(diagnostics);
    }
}
