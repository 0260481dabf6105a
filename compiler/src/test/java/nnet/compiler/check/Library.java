package nnet.compiler.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nnet.compiler.model.Model;
import nnet.compiler.parse.Parsed;
import nnet.compiler.parse.Parser;
import nnet.compiler.source.DiagnosticRenderer;
import nnet.compiler.source.Source;
import nnet.compiler.syntax.SourceFile;

/// The standard library, its models, and networks that use them.
final class Library {

    private static final Path FOLDER = Path.of("../stdlib/src/main/resources/nnet");

    static final List<SourceFile> FILES = files("stdlib");

    private static final List<SourceFile> MODELS = files("models");

    private Library() {
    }

    private static List<SourceFile> files(String folder) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            return files.sorted().map(Library::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SourceFile parse(Path file) {
        try {
            Parsed parsed = Parser.parse(new Source(file.getParent().getFileName() + "/" + file.getFileName(), Files.readString(file)));
            if (parsed.hasErrors()) {
                throw new AssertionError(DiagnosticRenderer.plain().render(parsed.diagnostics()));
            }
            return parsed.file();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The text of all models.
    static String models() {
        return MODELS.stream().map(file -> file.source().text()).collect(Collectors.joining());
    }

    static Checked check(String name, String text, Map<String, String> overrides) {
        return check(name, text, overrides, _ -> {
        });
    }

    /// @param hear gets every problem that is reported, as data
    static Checked check(String name, String text, Map<String, String> overrides, Consumer<Problem> hear) {
        Parsed parsed = Parser.parse(new Source(name, text));
        if (parsed.hasErrors()) {
            throw new AssertionError(DiagnosticRenderer.plain().render(parsed.diagnostics()));
        }
        List<SourceFile> imports = parsed.file().imports().stream().anyMatch(wanted -> wanted.path().startsWith("nnet."))
                ? MODELS
                : List.of();
        return Checker.check(new Sources(parsed.file(), imports, FILES), overrides, hear);
    }

    /// The model of a network without mistakes.
    static Model model(String text) {
        Checked checked = check("test.nnet", text, Map.of());
        return checked.model().orElseThrow(() -> new AssertionError(DiagnosticRenderer.plain().render(checked.diagnostics())));
    }
}
