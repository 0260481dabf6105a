package nnet.tests.place;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The repository that is being tested, as files.
public final class Repository {
    /// Surefire sets `basedir` to this module's folder; an IDE starts in it or in the root.
    public static final Path ROOT = root();

    private static final List<String> MODULES = List.of("compiler", "runtime", "trainer", "site", "embed", "cli", "maven-plugin", "samples",
            "tests", "bench");

    private Repository() {}

    private static Path root() {
        Path folder = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        return Files.exists(folder.resolve("nnc")) ? folder : folder.getParent();
    }

    /// A file of data that the repository does not carry: in the folder that the property `nnet.data` names, or in `shared/data` beside the repository.
    public static Path data(String file) {
        String folder = System.getProperty("nnet.data", "");
        return (folder.isEmpty() ? ROOT.resolveSibling("shared/data") : Path.of(folder)).resolve(file);
    }

    /// Every Java source that people write; what is generated is not among them.
    public static List<Path> javaSources() {
        return MODULES.stream().map(module -> ROOT.resolve(module).resolve("src")).filter(Files::isDirectory)
                .flatMap(folder -> files(folder, ".java").stream())
                .toList();
    }

    public static List<Path> files(Path folder, String ending) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
