package nnet.maven;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// Whether anything has changed since the compiler was last called: every file that it read or made with its size and time. If nothing has, it need not be called; if
/// something has, it finds out by content what.
final class Stamp {

    private final Path file;
    private final List<String> read = new ArrayList<>();

    Stamp(Path file) {
        this.file = file;
    }

    void option(String text) {
        read.add("option " + text);
    }

    /// A file, or all `.nnet` and weights files of a folder.
    void reads(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            try (Stream<Path> files = Files.walk(path)) {
                for (Path each : files.filter(name -> name.toString().endsWith(".nnet") || name.toString().endsWith(".safetensors"))
                        .sorted().toList()) {
                    read.add("read " + state(each));
                }
            }
        } else {
            read.add("read " + state(path));
        }
    }

    boolean isCurrent() throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        List<String> lines = Files.readAllLines(file);
        List<String> made = lines.stream().filter(line -> line.startsWith("made ")).toList();
        if (!lines.equals(Stream.concat(read.stream(), made.stream()).toList())) {
            return false;
        }
        for (String line : made) {
            Path path = Path.of(line.substring(line.indexOf(' ', 5) + 1));
            if (!line.equals("made " + state(path))) {
                return false;
            }
        }
        return true;
    }

    void forget() throws IOException {
        Files.deleteIfExists(file);
    }

    void write(Collection<Path> made) throws IOException {
        List<String> lines = new ArrayList<>(read);
        for (Path path : made) {
            lines.add("made " + state(path));
        }
        Files.createDirectories(file.getParent());
        Files.write(file, lines);
    }

    private static String state(Path path) throws IOException {
        return Files.exists(path) ? Files.size(path) + "@" + Files.getLastModifiedTime(path).toMillis() + " " + path : "absent " + path;
    }
}
