package nnet.embed.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nnet.compiler.Compiler;
import nnet.compiler.Journey;
import nnet.compiler.Texts;
import nnet.compiler.model.Model;
import nnet.compiler.parse.Parsed;
import nnet.compiler.parse.Parser;
import nnet.compiler.source.Diagnostic;
import nnet.trainer.Hashes;

/// Makes the classes of a folder of sources: of those that changed, in themselves, in what they import or by a new compiler. What is no longer made disappears.
public final class FolderBuild {

    private final Folders folders;
    private final String compiler;
    private final BuildRecord before;
    private final BuildRecord after = new BuildRecord();
    private final List<Diagnostic> diagnostics = new ArrayList<>();
    private final List<String> compiled = new ArrayList<>();

    private FolderBuild(Folders folders, String compiler) throws IOException {
        this.folders = folders;
        this.compiler = compiler;
        before = BuildRecord.read(folders.record());
    }

    /// @param compiled the sources that were compiled, relative to their root
    /// @param made     all files that come from the sources, whether of this build or an earlier one
    public record Outcome(List<Diagnostic> diagnostics, List<String> compiled, Set<Path> made) {

        public boolean isRight() {
            return diagnostics.stream().noneMatch(Diagnostic::isError);
        }
    }

    /// Builds. The classes of a source with a mistake stay as they were.
    ///
    /// @throws IOException if a file cannot be read or written
    public static Outcome run(Folders folders) throws IOException {
        FolderBuild build = new FolderBuild(folders, CompilerIdentity.text());
        for (Path file : folders.files(".nnet")) {
            build.source(file);
        }
        for (Path file : folders.files(".safetensors")) {
            build.weights(file);
        }
        build.removeWhatIsNoLongerMade();
        build.after.write(folders.record());
        return new Outcome(List.copyOf(build.diagnostics), List.copyOf(build.compiled), build.after.made());
    }

    /// Only says what is wrong with the sources of a folder.
    public static List<Diagnostic> check(Folders folders) throws IOException {
        Set<Diagnostic> found = new LinkedHashSet<>();
        for (Path file : folders.files(".nnet")) {
            Texts texts = folders.read(file);
            Parsed parsed = Parser.parse(texts.main());
            if (!Product.isLibrary(parsed)) {
                texts.each().forEach(network -> found.addAll(new Compiler(Journey.SILENT).check(network).diagnostics()));
            }
        }
        return List.copyOf(found);
    }

    private void source(Path file) throws IOException {
        String name = folders.name(file);
        Texts texts = folders.read(file);
        String fingerprint = Hashes.hash(compiler + folders.java() + Hashes.fingerprint(texts));
        Optional<BuildRecord.Entry> known = before.find(name);
        if (known.isPresent() && known.get().fingerprint().equals(fingerprint) && known.get().isThere() && !isTaken(known.get().made())) {
            after.put(name, known.get());
            return;
        }
        Product product = Product.of(texts, name, folders);
        compiled.add(name);
        diagnostics.addAll(product.diagnostics());
        List<Path> made = List.copyOf(product.files().keySet());
        if (isTaken(made)) {
            diagnostics.add(twice(product, made));
        } else if (product.isWrong()) {
            known.ifPresent(entry -> after.put(name, new BuildRecord.Entry("-", entry.made())));
        } else {
            product.write();
            after.put(name, new BuildRecord.Entry(fingerprint, made));
        }
    }

    /// Whether another source of this build has made one of the files.
    private boolean isTaken(List<Path> made) {
        return made.stream().anyMatch(file -> after.maker(file).isPresent());
    }

    private Diagnostic twice(Product product, List<Path> made) {
        Path taken = made.stream().filter(file -> after.maker(file).isPresent()).findFirst().orElseThrow();
        Model network = product.maker(taken).orElseThrow();
        return Diagnostic.error("the network " + network.name() + " is in " + after.maker(taken).orElseThrow() + " too", network.span(), "")
                .hint("Each network of a package needs a name of its own.");
    }

    /// Weights that lie beside a source lie beside its class.
    private void weights(Path file) throws IOException {
        Path copy = folders.classes().resolve(folders.name(file));
        String fingerprint = Files.size(file) + "@" + Files.getLastModifiedTime(file).toMillis();
        BuildRecord.Entry entry = new BuildRecord.Entry(fingerprint, List.of(copy));
        if (!before.find(folders.name(file)).equals(Optional.of(entry)) || !entry.isThere()) {
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        }
        after.put(folders.name(file), entry);
    }

    private void removeWhatIsNoLongerMade() throws IOException {
        Set<Path> stale = new HashSet<>(before.made());
        stale.removeAll(after.made());
        for (Path file : stale) {
            Files.deleteIfExists(file);
            folders.java().filter(file::startsWith).ifPresent(java -> removeCompiled(java, file));
        }
    }

    /// The Java compiler made classes from a Java source that is no more; with no source left it would not look for them.
    private void removeCompiled(Path java, Path source) {
        Path type = folders.classes().resolve(java.relativize(source).toString().replaceAll("\\.java$", ".class"));
        String simpleName = type.getFileName().toString().replace(".class", "");
        try (var files = Files.newDirectoryStream(type.getParent(), simpleName + "{,$*}.class")) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException _) {
            // The folder is not there: nothing was compiled.
        }
    }
}
