package nnet.trainer;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Where imports are looked for: folders and jars. Jars are open until this is closed.
final class ImportRoots implements AutoCloseable {

    private final List<Path> roots = new ArrayList<>();
    private final List<FileSystem> jars = new ArrayList<>();

    private ImportRoots() {
    }

    static ImportRoots none() {
        return new ImportRoots();
    }

    static ImportRoots open(Path own, List<Path> others) throws IOException {
        ImportRoots roots = new ImportRoots();
        roots.roots.add(own);
        for (Path other : others) {
            if (Files.isDirectory(other)) {
                roots.roots.add(other);
            } else if (Files.exists(other)) {
                FileSystem jar = FileSystems.newFileSystem(other);
                roots.jars.add(jar);
                roots.roots.add(jar.getPath("/"));
            }
        }
        return roots;
    }

    /// The `.nnet` files of a package from all roots; of those with the same name the first.
    Collection<Path> networkFiles(String folder) throws IOException {
        Map<String, Path> found = new LinkedHashMap<>();
        for (Path root : roots) {
            Path place = root.resolve(folder);
            if (Files.isDirectory(place)) {
                networkFiles(place).forEach(file -> found.putIfAbsent(file.getFileName().toString(), file));
            }
        }
        return found.values();
    }

    private static List<Path> networkFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> path.toString().endsWith(".nnet")).map(path -> path.toAbsolutePath().normalize()).sorted().toList();
        }
    }

    @Override
    public void close() throws IOException {
        for (FileSystem jar : jars) {
            jar.close();
        }
    }
}
