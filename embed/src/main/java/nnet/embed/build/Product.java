package nnet.embed.build;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import nnet.compiler.Compilation;
import nnet.compiler.Compiler;
import nnet.compiler.Journey;
import nnet.compiler.Texts;
import nnet.compiler.emit.Description;
import nnet.compiler.emit.NetworkClass;
import nnet.compiler.model.Model;
import nnet.compiler.parse.Parsed;
import nnet.compiler.parse.Parser;
import nnet.compiler.schedule.Target;
import nnet.compiler.source.Diagnostic;
import nnet.compiler.syntax.Declaration;

/// What one source becomes: files with their bytes, and what is to be said about it.
record Product(List<Model> models, Map<Path, byte[]> files, List<Diagnostic> diagnostics) {

    /// Compiles a source. A file without a network is there for others to import: it makes nothing but its own copy.
    static Product of(Texts texts, String name, Folders folders) {
        Parsed parsed = Parser.parse(texts.main());
        Map<Path, byte[]> files = new LinkedHashMap<>();
        files.put(folders.classes().resolve(name), bytes(texts.main().text()));
        if (isLibrary(parsed)) {
            return new Product(List.of(), parsed.hasErrors() ? Map.of() : files, parsed.diagnostics());
        }
        List<Model> models = new ArrayList<>();
        Set<Diagnostic> diagnostics = new LinkedHashSet<>();
        for (Texts network : texts.each()) {
            Compilation compilation = new Compiler(Journey.SILENT).compile(network, Target.all());
            diagnostics.addAll(compilation.diagnostics());
            compilation.model().ifPresent(models::add);
            compilation.model().ifPresent(model -> addClasses(compilation, model, folders, files));
        }
        boolean isWrong = diagnostics.stream().anyMatch(Diagnostic::isError);
        return new Product(models, isWrong ? Map.of() : files, List.copyOf(diagnostics));
    }

    /// The network that a file belongs to, by the name of the file: `Xor.java`, `Xor$Code.class`.
    Optional<Model> maker(Path file) {
        String name = file.getFileName().toString().split("[.$]")[0];
        return models.stream().filter(model -> model.name().equals(name)).findFirst();
    }

    /// Whether a file declares things for other files only.
    static boolean isLibrary(Parsed parsed) {
        return !parsed.hasErrors() && !parsed.file().declarations().isEmpty() && parsed.file().declarations().stream()
                .noneMatch(declaration -> declaration instanceof Declaration.Network || declaration instanceof Declaration.Train);
    }

    private static void addClasses(Compilation compilation, Model model, Folders folders, Map<Path, byte[]> files) {
        Description network = Description.of(model, Compiler.VERSION);
        var internals = NetworkClass.internals(network, Target.all());
        compilation.classes().forEach((name, bytes) -> {
            if (folders.java().isEmpty() || internals.contains(name)) {
                files.put(folders.classes().resolve(name.replace('.', '/') + ".class"), bytes);
            }
        });
        folders.java().ifPresent(
                java -> files.put(java.resolve(network.name().replace('.', '/') + ".java"), bytes(NetworkClass.source(network))));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    boolean isWrong() {
        return diagnostics.stream().anyMatch(Diagnostic::isError);
    }

    /// Writes what differs from what is there: an unchanged file keeps its time, so that nothing depending on it is made anew.
    void write() throws IOException {
        for (Map.Entry<Path, byte[]> file : files.entrySet()) {
            Path path = file.getKey();
            if (!Files.exists(path) || !Arrays.equals(Files.readAllBytes(path), file.getValue())) {
                Files.createDirectories(path.getParent());
                Files.write(path, file.getValue());
            }
        }
    }
}
