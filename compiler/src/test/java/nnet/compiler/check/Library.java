package nnet.compiler.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nnet.compiler.model.Model;
import nnet.compiler.parse.Parsed;
import nnet.compiler.parse.Parser;
import nnet.compiler.source.DiagnosticRenderer;
import nnet.compiler.source.Source;
import nnet.compiler.syntax.SourceFile;

/// The standard library, and networks that use it.
final class Library {

    private static final Path FOLDER = Path.of("../stdlib/src/main/resources/nnet/stdlib");

    static final List<SourceFile> FILES = files();

    private Library() {
    }

    private static List<SourceFile> files() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().map(Library::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SourceFile parse(Path file) {
        try {
            Parsed parsed = Parser.parse(new Source("stdlib/" + file.getFileName(), Files.readString(file)));
            if (parsed.hasErrors()) {
                throw new AssertionError(DiagnosticRenderer.plain().render(parsed.diagnostics()));
            }
            return parsed.file();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Checked check(String name, String text, Map<String, String> overrides) {
        Parsed parsed = Parser.parse(new Source(name, text));
        if (parsed.hasErrors()) {
            throw new AssertionError(DiagnosticRenderer.plain().render(parsed.diagnostics()));
        }
        return Checker.check(new Sources(parsed.file(), List.of(), FILES), overrides);
    }

    /// The model of a network without mistakes.
    static Model model(String text) {
        Checked checked = check("test.nnet", text, Map.of());
        return checked.model().orElseThrow(() -> new AssertionError(DiagnosticRenderer.plain().render(checked.diagnostics())));
    }
}
