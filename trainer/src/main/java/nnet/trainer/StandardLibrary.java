package nnet.trainer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nnet.compiler.source.Source;

/// The files of the standard library, found on the class path: every `.nnet` file in the folder `nnet/stdlib`, so that a new layer is one new file. The
/// packages below `nnet` that a file must import (`nnet.models`) are folders beside it.
public final class StandardLibrary {

    private static final String FOLDER = "nnet/stdlib";

    private StandardLibrary() {
    }

    /// What every file sees without an import, in the order of the names of the files.
    public static List<Source> sources() {
        List<Source> sources = folder(FOLDER);
        if (sources.isEmpty()) {
            throw new IllegalStateException("the standard library is not on the class path: the jar nnet-stdlib is missing");
        }
        return sources;
    }

    /// The files of a package of the library that may declare a name: those in which it occurs, or all of them where it occurs in none, for messages.
    ///
    /// @param name the name, or `*`
    static List<Source> declaring(String packageName, String name) {
        List<Source> all = folder(packageName.replace('.', '/'));
        List<Source> some = all.stream().filter(source -> source.text().contains(name)).toList();
        return name.equals("*") || some.isEmpty() ? all : some;
    }

    private static List<Source> folder(String name) {
        URL folder = StandardLibrary.class.getClassLoader().getResource(name);
        if (folder == null) {
            return List.of();
        }
        try {
            URI uri = folder.toURI();
            if (!uri.getScheme().equals("jar")) {
                return read(Path.of(uri));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return read(jar.getPath(name));
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (URISyntaxException problem) {
            throw new IllegalStateException(problem);
        }
    }

    private static List<Source> read(Path folder) throws IOException {
        List<Source> sources = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".nnet")).sorted().toList()) {
                sources.add(new Source(folder.getFileName() + "/" + file.getFileName(), Files.readString(file)));
            }
        }
        return sources;
    }
}
