package nnet.embed.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What an earlier build made from what, as a text file.
///
/// ```text
/// nnc build 1
/// source samples/xor/xor.nnet 0f3a...
/// made /project/target/classes/samples/xor/Xor$Code.class
/// ```
final class BuildRecord {

    private static final String HEAD = "nnc build 1";
    private static final String SOURCE = "source ";
    private static final String MADE = "made ";

    /// @param fingerprint of all that decides what is made
    record Entry(String fingerprint, List<Path> made) {
        Entry {
            made = List.copyOf(made);
        }

        boolean isThere() {
            return made.stream().allMatch(Files::exists);
        }
    }

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /// The record of a file; an empty one if there is none, or if it is of another form.
    static BuildRecord read(Path file) throws IOException {
        BuildRecord record = new BuildRecord();
        List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
        if (!lines.isEmpty() && lines.getFirst().equals(HEAD)) {
            record.read(lines);
        }
        return record;
    }

    private void read(List<String> lines) {
        List<Path> made = new ArrayList<>();
        for (String line : lines.reversed()) {
            if (line.startsWith(MADE)) {
                made.addFirst(Path.of(line.substring(MADE.length())));
            } else if (line.startsWith(SOURCE)) {
                int end = line.lastIndexOf(' ');
                put(line.substring(SOURCE.length(), end), new Entry(line.substring(end + 1), made));
                made = new ArrayList<>();
            }
        }
    }

    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder(HEAD).append('\n');
        entries.forEach((source, entry) -> {
            text.append(SOURCE).append(source).append(' ').append(entry.fingerprint()).append('\n');
            entry.made().forEach(made -> text.append(MADE).append(made).append('\n'));
        });
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path draft = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    Optional<Entry> find(String source) {
        return Optional.ofNullable(entries.get(source));
    }

    void put(String source, Entry entry) {
        entries.put(source, entry);
    }

    /// The source from which a file was made.
    Optional<String> maker(Path made) {
        return entries.entrySet().stream().filter(entry -> entry.getValue().made().contains(made)).map(Map.Entry::getKey).findFirst();
    }

    Set<Path> made() {
        Set<Path> made = new LinkedHashSet<>();
        entries.values().forEach(entry -> made.addAll(entry.made()));
        return made;
    }
}
