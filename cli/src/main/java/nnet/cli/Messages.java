package nnet.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nnet.compiler.source.Diagnostic;
import nnet.compiler.source.DiagnosticRenderer;
import nnet.compiler.source.Span;

/// What a build tells, for people or for programs.
sealed interface Messages {

    void show(List<Diagnostic> diagnostics);

    void note(String text);

    /// A source was compiled.
    void compiled(String source);

    /// A file comes from the sources.
    void made(Path file);

    default void error(String title, String hint) {
        Diagnostic diagnostic = Diagnostic.error(title, Span.NONE, "");
        show(List.of(hint.isEmpty() ? diagnostic : diagnostic.hint(hint)));
    }

    /// For people.
    record Shown(Terminal terminal) implements Messages {

        @Override
        public void show(List<Diagnostic> diagnostics) {
            terminal.show(diagnostics);
        }

        @Override
        public void note(String text) {
            terminal.out().println(text);
        }

        @Override
        public void compiled(String source) {
            terminal.out().println("compiled " + source);
        }

        @Override
        public void made(Path file) {
            // A person asked for the classes to be right, not for their names.
        }
    }

    /// For programs: a kind and its texts in one line, separated by tabs; tabs, line breaks and backslashes in them are written `\t`, `\n` and `\\`.
    ///
    /// ```text
    /// error <file> <line> <column> <title> <the whole message, as for people>
    /// warning <file> <line> <column> <title> <the whole message, as for people>
    /// note <text>
    /// compiled <source>
    /// made <file>
    /// ```
    record Lines(PrintStream out) implements Messages {

        @Override
        public void show(List<Diagnostic> diagnostics) {
            for (Diagnostic diagnostic : diagnostics) {
                Span place = diagnostic.labels().isEmpty() ? Span.NONE : diagnostic.labels().getFirst().span();
                print(diagnostic.isError() ? "error" : "warning", place.source().name(), Integer.toString(place.line()),
                        Integer.toString(place.column()), diagnostic.title(), DiagnosticRenderer.plain().render(diagnostic));
            }
        }

        @Override
        public void note(String text) {
            print("note", text);
        }

        @Override
        public void compiled(String source) {
            print("compiled", source);
        }

        @Override
        public void made(Path file) {
            print("made", file.toString());
        }

        private void print(String... texts) {
            out.println(Stream.of(texts).map(text -> text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t"))
                    .collect(Collectors.joining("\t")));
        }
    }
}
