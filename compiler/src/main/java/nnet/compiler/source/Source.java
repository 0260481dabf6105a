package nnet.compiler.source;

/// A named text. `name` is what messages show, usually the path as the user gave it.
public record Source(String name, String text) {

    /// The span from offset `start` (inclusive) to `end` (exclusive), in UTF-16 code units.
    public Span span(int start, int end) {
        return new Span(this, start, end);
    }

    /// Line of an offset, counted from 1.
    public int line(int offset) {
        int line = 1;
        for (int i = 0; i < offset && i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                line++;
            }
        }
        return line;
    }

    /// Column of an offset, counted from 1.
    public int column(int offset) {
        return offset == 0 ? 1 : offset - text.lastIndexOf('\n', offset - 1);
    }

    /// The text of a line (counted from 1) without its line break.
    public String lineText(int line) {
        return text.lines().skip(line - 1L).findFirst().orElse("");
    }

    /// Written out, here and in `Span`, as the first thing that a compilation compares: what the JVM makes of it by itself takes long to start.
    @Override
    public boolean equals(Object other) {
        return other instanceof Source source && name.equals(source.name) && text.equals(source.text);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
