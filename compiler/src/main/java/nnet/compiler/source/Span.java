package nnet.compiler.source;

/// A range of a source: offsets in UTF-16 code units, `end` exclusive.
public record Span(Source source, int start, int end) {

    /// Where a value has no place in any text.
    public static final Span NONE = new Span(new Source("", ""), 0, 0);

    public int line() {
        return source.line(start);
    }

    public int column() {
        return source.column(start);
    }

    public String text() {
        return source.text().substring(start, end);
    }

    /// The smallest span that holds both; both must be of one source.
    public Span to(Span last) {
        return new Span(source, Math.min(start, last.start), Math.max(end, last.end));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Span span && start == span.start && end == span.end && source.equals(span.source);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * source.hashCode() + start) + end;
    }

    @Override
    public String toString() {
        return source.name() + ":" + line() + ":" + column();
    }
}
