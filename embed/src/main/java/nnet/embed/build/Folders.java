package nnet.embed.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import nnet.compiler.Texts;
import nnet.trainer.NetworkFile;

/// Where a build reads and writes.
///
/// @param sources the root of the packages with the `.nnet` files; weights may lie beside them
/// @param classes the root of the class files; weights and sources go there as well, so that the jar has them
/// @param java    the root of the Java sources that are made; absent: the class that applications use is made as a class file too
/// @param record  the file that remembers what was made from what
/// @param roots   where else imports are looked for: folders and jars
public record Folders(Path sources, Path classes, Optional<Path> java, Path record, List<Path> roots) {

    public Folders {
        roots = List.copyOf(roots);
    }

    /// All files below the sources with one of the endings, by name.
    List<Path> files(String ending) throws IOException {
        if (!Files.isDirectory(sources)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(ending) && Files.isRegularFile(file)).sorted().toList();
        }
    }

    /// The name of a source in the record, the same on every machine: `samples/xor/xor.nnet`.
    String name(Path file) {
        return sources.relativize(file).toString().replace('\\', '/');
    }

    Texts read(Path file) throws IOException {
        return NetworkFile.read(file, Map.of(), Stream.concat(Stream.of(sources), roots.stream()).toList());
    }
}
