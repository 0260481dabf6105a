package nnet.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Files that hold an input and what is expected of it, below a line of dashes. Run with `-Dbless=true` to write what is produced now as what is expected.
public record Golden(Path file, String input, String expected) {

    private static final String RULE = "\n" + "-".repeat(80) + "\n";

    /// The golden files of a folder of the test resources, in the order of their names.
    public static List<Golden> in(String folder) throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources").resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".txt")).sorted().map(Golden::read).toList();
        }
    }

    private static Golden read(Path file) {
        try {
            String text = Files.readString(file);
            int rule = text.indexOf(RULE);
            return new Golden(file, rule < 0 ? text : text.substring(0, rule + 1), rule < 0 ? "" : text.substring(rule + RULE.length()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String name() {
        return file.getFileName().toString();
    }

    public void assertProduces(String produced) throws IOException {
        if (Boolean.getBoolean("bless")) {
            Files.writeString(file, input.stripTrailing() + "\n" + RULE.substring(1) + produced);
        } else {
            assertEquals(expected, produced, name());
        }
    }
}
