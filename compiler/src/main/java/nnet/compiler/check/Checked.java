package nnet.compiler.check;

import java.util.List;
import java.util.Optional;
import nnet.compiler.model.Model;
import nnet.compiler.source.Diagnostic;

/// The outcome of a check: the model, unless there was an error; and what to tell the user.
public record Checked(Optional<Model> model, List<Diagnostic> diagnostics) {
    public Checked {
        diagnostics = List.copyOf(diagnostics);
    }
}
