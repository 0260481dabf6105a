package nnet.compiler.source;

import java.util.List;
import java.util.stream.Stream;

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

    /// An error at one place.
    public static Diagnostic error(String title, Span span, String text) {
        return new Diagnostic(Severity.ERROR, title, List.of(new Label(span, text)), List.of());
    }

    public static Diagnostic warning(String title, Span span, String text) {
        return new Diagnostic(Severity.WARNING, title, List.of(new Label(span, text)), List.of());
    }

    /// The same with one more place.
    public Diagnostic label(Span span, String text) {
        return new Diagnostic(severity, title, Stream.concat(labels.stream(), Stream.of(new Label(span, text))).toList(), hints);
    }

    /// The same with one more remedy. Remedies are sentences of their own, so they begin with a capital letter.
    public Diagnostic hint(String hint) {
        String sentence = Character.toUpperCase(hint.charAt(0)) + hint.substring(1);
        return new Diagnostic(severity, title, labels, Stream.concat(hints.stream(), Stream.of(sentence)).toList());
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
