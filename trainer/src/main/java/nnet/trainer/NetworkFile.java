package nnet.trainer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.Texts;
import nnet.compiler.parse.Parser;
import nnet.compiler.source.Source;
import nnet.compiler.syntax.SourceFile;

/// A `.nnet` file on disk with the files that it imports.
public final class NetworkFile {

    /// Far above any real network description; a larger file is certainly something else.
    private static final long LARGEST = 16 << 20;

    private static final String LIBRARY = "nnet.";

    private NetworkFile() {
    }

    /// Reads a file, its imports and theirs, and the standard library.
    ///
    /// `import a.b.C` and `import a.b.*` mean the files in folder `a/b` below the root of the packages, which is found from the package that `file` declares;
    /// packages that begin with `nnet` are those of the library.
    ///
    /// @param overrides values for constants and recipe settings by name, as expressions
    /// @throws IOException if a file cannot be read; the message is for the user
    public static Texts read(Path file, Map<String, String> overrides) throws IOException {
        return read(file, overrides, List.of());
    }

    /// The same with more roots of packages to import from.
    ///
    /// @param roots folders and jars; what is not there is passed over. The file's own root comes first.
    public static Texts read(Path file, Map<String, String> overrides, List<Path> roots) throws IOException {
        Source main = source(file);
        // Most networks import nothing: then this file need not be parsed here.
        Map<String, Source> imports = main.text().contains("import") ? imports(main, file, roots) : new LinkedHashMap<>();
        imports.remove(file.toAbsolutePath().normalize().toString());
        return new Texts(main, Optional.empty(), List.copyOf(imports.values()), StandardLibrary.sources(), overrides,
                StandardLibrary::packages);
    }

    private static Map<String, Source> imports(Source main, Path file, List<Path> roots) throws IOException {
        SourceFile syntax = Parser.parse(main).file();
        try (ImportRoots all = ImportRoots.open(root(file, syntax), roots)) {
            Map<String, Source> imports = new LinkedHashMap<>();
            collect(syntax, all, imports);
            return imports;
        }
    }

    /// A text that is no file, with the packages of the library that it imports.
    public static Texts of(Source text) {
        try (ImportRoots none = ImportRoots.none()) {
            Map<String, Source> imports = new LinkedHashMap<>();
            collect(Parser.parse(text).file(), none, imports);
            return new Texts(text, Optional.empty(), List.copyOf(imports.values()), StandardLibrary.sources(), Map.of(),
                    StandardLibrary::packages);
        } catch (IOException noFileIsRead) {
            throw new UncheckedIOException(noFileIsRead);
        }
    }

    private static void collect(SourceFile syntax, ImportRoots roots, Map<String, Source> imports) throws IOException {
        for (SourceFile.Import wanted : syntax.imports()) {
            int end = wanted.path().lastIndexOf('.');
            String packageName = end < 0 ? "" : wanted.path().substring(0, end);
            List<Source> found = packageName.startsWith(LIBRARY)
                    ? StandardLibrary.declaring(packageName, wanted.path().substring(end + 1))
                    : sources(roots, packageName);
            for (Source source : found) {
                if (imports.putIfAbsent(source.name(), source) == null) {
                    collect(Parser.parse(source).file(), roots, imports);
                }
            }
        }
    }

    private static List<Source> sources(ImportRoots roots, String packageName) throws IOException {
        List<Source> sources = new ArrayList<>();
        for (Path file : roots.networkFiles(packageName.replace('.', '/'))) {
            sources.add(source(file));
        }
        return sources;
    }

    /// The folder in which the first part of the package name lies: `/p/samples/xor/xor.nnet` of package `samples.xor` has the root `/p`.
    private static Path root(Path file, SourceFile syntax) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        Path root = folder;
        List<String> parts = syntax.packageName().map(name -> List.of(name.split("\\."))).orElse(List.of());
        for (String part : parts.reversed()) {
            if (root.getParent() == null || root.getFileName() == null || !root.getFileName().toString().equals(part)) {
                return folder;
            }
            root = root.getParent();
        }
        return root;
    }

    private static Source source(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException(file + ": there is no such file");
        }
        if (Files.isDirectory(file)) {
            throw new IOException(file + ": is a folder; give the .nnet file in it");
        }
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + ": is larger than 16 MB, so it is no network description");
        }
        // Bytes that are no UTF-8 become replacement characters: the parser then says what kind of file it is.
        return new Source(name(file), new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replace("\r\n", "\n"));
    }

    /// A file in a jar is told with its jar.
    private static String name(Path file) {
        return file.getFileSystem() == FileSystems.getDefault() ? file.toString() : file.getFileSystem() + "!" + file;
    }
}
