package nnet.compiler.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nnet.compiler.source.Source;

/// Where the declarations of a tidy file begin and end, found without parsing it: a declaration begins with a word at the beginning of a line, or with the
/// comment above that.
///
/// A file that is written in another way gives other parts, and never a wrong program: see `Excerpt`.
final class Outline {

    /// A declaration with its comment, or what stands before the first one, which has no name.
    ///
    /// @param start offset of the first line
    /// @param end   offset after the last line
    record Part(Source source, Optional<String> name, int start, int end) {
    }

    private final Source source;
    private final List<Part> parts = new ArrayList<>();
    private Optional<String> name = Optional.empty();
    private boolean open = true;
    private int start;

    private Outline(Source source) {
        this.source = source;
    }

    static List<Part> of(Source source) {
        return new Outline(source).parts();
    }

    static List<Part> whole(Source source) {
        return List.of(new Part(source, Optional.empty(), 0, source.text().length()));
    }

    private List<Part> parts() {
        String text = source.text();
        for (int line = 0; line >= 0 && line < text.length(); line = next(text, line)) {
            char first = text.charAt(line);
            if (first >= 'a' && first <= 'z') {
                int space = Words.end(text, line);
                boolean isHead = text.startsWith("package ", line) || text.startsWith("import ", line);
                begin(line, isHead ? Optional.empty() : Optional.of(text.substring(space + 1, Words.end(text, space + 1))));
            } else if (first == '/' && !open) {
                close(line);
            }
        }
        close(text.length());
        return parts;
    }

    private static int next(String text, int line) {
        int end = text.indexOf('\n', line);
        return end < 0 ? -1 : end + 1;
    }

    /// A declaration; `open` is the comment before it.
    private void begin(int line, Optional<String> declared) {
        if (!open) {
            close(line);
        }
        name = declared;
        open = false;
    }

    private void close(int line) {
        parts.add(new Part(source, name, start, line));
        name = Optional.empty();
        start = line;
        open = true;
    }
}
