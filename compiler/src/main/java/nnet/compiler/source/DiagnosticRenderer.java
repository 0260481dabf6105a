package nnet.compiler.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nnet.compiler.source.Diagnostic.Label;
import nnet.compiler.source.Diagnostic.Severity;

/// Shows a diagnostic to a person: the title, the lines that it speaks of with marks below them, and hints.
///
/// ```text
/// error: matrix product needs equal inner sizes
///    ┌─ samples/mnist.nnet:14:25
///    │
///  8 │   let hidden = image -> Dense(128, relu)
///    │                         ---------------- 128 columns come from here
/// 14 │   let logits = hidden @ w
///    │                         ^ but `w` has 100 rows: f32[100, 10]
///    │
///    = hint: `w1` is f32[128, 10]. Did you mean that?
/// ```
///
/// The first label is where the mistake is, marked with `^`; the others are marked with `-`.
public final class DiagnosticRenderer {

    private static final int TAB = 4;
    private static final int WIDEST = 160;

    private final boolean colour;

    private DiagnosticRenderer(boolean colour) {
        this.colour = colour;
    }

    public static DiagnosticRenderer plain() {
        return new DiagnosticRenderer(false);
    }

    /// With the colours of ANSI terminals.
    public static DiagnosticRenderer coloured() {
        return new DiagnosticRenderer(true);
    }

    /// All of them, with an empty line after each.
    public String render(List<Diagnostic> diagnostics) {
        StringBuilder text = new StringBuilder();
        diagnostics.forEach(diagnostic -> text.append(render(diagnostic)).append('\n'));
        return text.toString();
    }

    public String render(Diagnostic diagnostic) {
        List<String> lines = new ArrayList<>();
        Paint accent = diagnostic.severity() == Severity.ERROR ? Paint.RED : Paint.YELLOW;
        String severity = diagnostic.severity() == Severity.ERROR ? "error" : "warning";
        lines.add(paint(accent, severity) + paint(Paint.BOLD, ": " + diagnostic.title()));
        List<Label> shown = diagnostic.labels().stream().filter(label -> !label.span().source().equals(Span.NONE.source())).toList();
        int width = shown.stream().mapToInt(label -> Integer.toString(label.span().line()).length()).max().orElse(1);
        String gutter = " ".repeat(width + 1);
        excerpts(shown).forEach((source, labels) -> excerpt(lines, labels, shown.getFirst(), accent, width));
        if (!shown.isEmpty() && !diagnostic.hints().isEmpty()) {
            lines.add(gutter + bar());
        }
        diagnostic.hints()
                .forEach(hint -> lines.add(gutter + paint(Paint.BLUE, "=") + " hint: " + hint.replace("\n", "\n" + gutter + "  ")));
        return String.join("\n", lines) + "\n";
    }

    /// The labels of each source, that of the first label first.
    private static Map<Source, List<Label>> excerpts(List<Label> labels) {
        Map<Source, List<Label>> bySource = new LinkedHashMap<>();
        labels.forEach(label -> bySource.computeIfAbsent(label.span().source(), _ -> new ArrayList<>()).add(label));
        return bySource;
    }

    private void excerpt(List<String> lines, List<Label> labels, Label mistake, Paint accent, int width) {
        String gutter = " ".repeat(width + 1);
        lines.add(gutter + paint(Paint.BLUE, "┌─") + " " + labels.getFirst().span());
        lines.add(gutter + bar());
        int before = -1;
        for (Label label : labels.stream().sorted(Comparator.comparingInt(l -> l.span().start())).toList()) {
            int line = label.span().line();
            Line shown = Line.of(label.span());
            if (line != before) {
                String number = " ".repeat(width - Integer.toString(line).length()) + line;
                lines.add((paint(Paint.BLUE, number) + " " + bar() + " " + shown.text()).stripTrailing());
                before = line;
            }
            boolean isMistake = label == mistake;
            String marks = (isMistake ? "^" : "-").repeat(shown.length()) + (label.text().isEmpty() ? "" : " " + label.text());
            lines.add(gutter + bar() + " " + " ".repeat(shown.column()) + paint(isMistake ? accent : Paint.BLUE, marks));
        }
    }

    private String bar() {
        return paint(Paint.BLUE, "│");
    }

    private String paint(Paint paint, String text) {
        return colour ? paint.code + text + "\u001B[0m" : text;
    }

    private enum Paint {
        RED("\u001B[1;31m"), YELLOW("\u001B[1;33m"), BLUE("\u001B[1;34m"), BOLD("\u001B[1m");

        private final String code;

        Paint(String code) {
            this.code = code;
        }
    }

    /// A line of text as shown, and where the marks under it begin (counted from 0) and how many there are. Tabs have become spaces; of a very long line the part around
    /// the marks is left.
    private record Line(String text, int column, int length) {

        static Line of(Span span) {
            String line = span.source().lineText(span.line());
            int from = Math.min(span.column() - 1, line.length());
            int to = Math.clamp((long) from + span.end() - span.start(), from, line.length());
            String before = shown(line.substring(0, from));
            String marked = shown(line.substring(from, to));
            String after = shown(line.substring(to));
            int cut = Math.max(0, before.codePointCount(0, before.length()) - WIDEST / 2);
            String left = cut == 0 ? before : "…" + before.substring(before.offsetByCodePoints(0, cut + 1));
            String text = left + marked + after;
            int length = Math.max(1, Math.min(width(marked), WIDEST - width(left)));
            return new Line(width(text) > WIDEST ? text.substring(0, text.offsetByCodePoints(0, WIDEST - 1)) + "…" : text, width(left),
                    length);
        }

        private static int width(String text) {
            return text.codePointCount(0, text.length());
        }

        /// Without anything that would move the cursor of a terminal.
        private static String shown(String text) {
            StringBuilder shown = new StringBuilder();
            text.codePoints().forEach(c -> {
                if (c == '\t') {
                    shown.repeat(' ', TAB);
                } else {
                    shown.appendCodePoint(Character.isISOControl(c) ? 0xFFFD : c);
                }
            });
            return shown.toString();
        }
    }
}
