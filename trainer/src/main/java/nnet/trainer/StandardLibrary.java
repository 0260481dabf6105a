package nnet.trainer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import nnet.compiler.source.Source;

/// The files of the standard library, found on the class path: every `.nnet` file in the folder `nnet/stdlib`, so that a new layer is one new file. The
/// packages below `nnet` that a file must import (`nnet.models`) are folders beside it.
public final class StandardLibrary {

    private static final String FOLDER = "nnet/stdlib";

    private static final String MODELS = "nnet/models";

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

    /// All files of the library that must be imported to be seen.
    public static List<Source> packages() {
        return folder(MODELS);
    }

    /// The files of a package of the library that may declare a name: those in which it occurs, or all of them where it occurs in none, for messages.
    ///
    /// @param name the name, or `*`
    public static List<Source> declaring(String packageName, String name) {
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
            return folder.openConnection() instanceof JarURLConnection jar ? read(jar, name) : read(Path.of(folder.toURI()));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        } catch (URISyntaxException problem) {
            throw new IllegalStateException(problem);
        }
    }

    /// Without `FileSystems`, which takes a starting JVM long.
    private static List<Source> read(JarURLConnection connection, String folder) throws IOException {
        List<Source> sources = new ArrayList<>();
        connection.setUseCaches(false);
        int names = folder.lastIndexOf('/') + 1;
        try (JarFile jar = connection.getJarFile()) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                String name = entry.getName();
                if (name.startsWith(folder + "/") && name.indexOf('/', folder.length() + 1) < 0 && name.endsWith(".nnet")) {
                    byte[] text = jar.getInputStream(entry).readAllBytes();
                    sources.add(new Source(name.substring(names), new String(text, StandardCharsets.UTF_8)));
                }
            }
        }
        sources.sort(Comparator.comparing(Source::name));
        return sources;
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
