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

/// The files of the standard library, found on the class path: every `.nnet` file in the folder `nnet/stdlib`, so that a new layer is one new file.
public final class StandardLibrary {

    private static final String FOLDER = "nnet/stdlib";

    private StandardLibrary() {
    }

    /// All sources, in the order of their names.
    public static List<Source> sources() {
        URL folder = StandardLibrary.class.getClassLoader().getResource(FOLDER);
        if (folder == null) {
            throw new IllegalStateException("the standard library is not on the class path: the jar nnet-stdlib is missing");
        }
        try {
            URI uri = folder.toURI();
            if (!uri.getScheme().equals("jar")) {
                return read(Path.of(uri));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return read(jar.getPath(FOLDER));
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
                sources.add(new Source("stdlib/" + file.getFileName(), Files.readString(file)));
            }
        }
        return sources;
    }
}
