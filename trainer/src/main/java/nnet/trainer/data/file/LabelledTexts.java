package nnet.trainer.data.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import nnet.trainer.data.DataException;
import nnet.trainer.data.Port;
import nnet.trainer.data.text.Vocabulary;

/// Texts whose folder is their label.
public final class LabelledTexts {

    /// A text with its label.
    ///
    /// @param place what messages call the file
    /// @param line  where it begins in the file, or 0 where it is the whole file
    public record Item(Path place, long line, String label, String text) {

        /// @throws DataException for an unknown token, with its place
        public int[] encode(Vocabulary vocabulary) {
            try {
                return vocabulary.encode(text);
            } catch (Vocabulary.UnknownToken unknown) {
                throw DataException.at(place, Math.max(1, line) - 1 + TextFile.line(text, unknown.at()),
                        "holds `" + unknown.shown() + "`, which the training part does not have",
                        "`unknown: replace` makes a token for such");
            }
        }

        /// The same of a text that has at least one token, and room.
        ///
        /// @param port  where the tokens go
        /// @param most  how many there is room for
        /// @param isCut whether of a longer text the first tokens are taken; otherwise it is a mistake
        public int[] encode(Vocabulary vocabulary, Port port, int most, boolean isCut) {
            int[] tokens = encode(vocabulary);
            if (tokens.length == 0) {
                throw refusal("holds no words", "remove it");
            }
            if (tokens.length > most && !isCut) {
                throw refusal("has " + tokens.length + " tokens, but `" + port.title() + "` takes " + most,
                        "`cut: true` takes the first " + most);
            }
            return Arrays.copyOf(tokens, Math.min(tokens.length, most));
        }

        public DataException refusal(String message, String hint) {
            return line == 0 ? DataException.in(place, message, hint) : DataException.at(place, line, message, hint);
        }
    }

    private LabelledTexts() {
    }

    /// All files in folders below a folder, in sorted order.
    public static List<Item> inFolder(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Item> items = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted(Comparator.comparing(Path::toString)).toList()) {
                if (!file.getParent().equals(folder) && !file.getFileName().toString().startsWith(".")) {
                    items.add(new Item(file, 0, file.getParent().getFileName().toString(), TextFile.read(file)));
                }
            }
            return some(folder, items);
        } catch (IOException problem) {
            throw DataFile.unreadable(folder, problem);
        }
    }

    /// All files in folders of a tar archive, in the sorted order of their names.
    public static List<Item> inArchive(Path archive) {
        List<Item> items = new ArrayList<>();
        Tar.read(archive, (name, bytes) -> {
            String[] parts = name.split("/");
            if (parts.length > 1 && !parts[parts.length - 1].startsWith(".")) {
                Path place = Path.of(archive + ": " + name);
                items.add(new Item(place, 0, parts[parts.length - 2], TextFile.decode(bytes, place)));
            }
        });
        items.sort(Comparator.comparing(item -> item.place().toString()));
        return some(archive, items);
    }

    /// Every line of a file that is not empty.
    public static List<Item> lines(Path file) {
        List<Item> items = new ArrayList<>();
        long number = 0;
        for (String line : TextFile.read(file).split("\n")) {
            number++;
            if (!line.isBlank()) {
                items.add(new Item(file, number, "", line));
            }
        }
        return some(file, items);
    }

    private static List<Item> some(Path place, List<Item> items) {
        if (items.isEmpty()) {
            throw DataException.in(place, "holds no texts", "texts lie in folders, one for each label");
        }
        return List.copyOf(items);
    }
}
