package nnet.compiler.source;

import java.util.List;

/// One message to the user: a title, the places it speaks of (the first is where the mistake is), and remedies.
public record Diagnostic(Severity severity, String title, List<Label> labels, List<String> hints) {

    public enum Severity {
        ERROR, WARNING
    }

    /// A place and what to say there; `text` may be empty.
    public record Label(Span span, String text) {
    }

    public Diagnostic {
        labels = List.copyOf(labels);
        hints = List.copyOf(hints);
    }
}
