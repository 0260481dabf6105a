package nnet.trainer.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// The texts of the categories of one port, in the order of their numbers. Where the data holds the numbers themselves, the texts are `"0"`, `"1"`, ...
public record Labels(List<String> texts) {

    public Labels {
        texts = List.copyOf(texts);
    }

    /// The numbers 0 to `categories - 1`.
    static Labels numbers(int categories) {
        return new Labels(IntStream.range(0, categories).mapToObj(Integer::toString).toList());
    }

    /// Learns the labels of a column: whole numbers in range stand for themselves, any other texts are sorted and numbered.
    ///
    /// @throws DataException if there are more different texts than categories
    static Labels of(Table table, int column, Port port) {
        TreeSet<String> found = new TreeSet<>();
        boolean numeric = true;
        for (int row = 0; row < table.rows().size(); row++) {
            String text = table.rows().get(row)[column];
            found.add(text);
            numeric &= number(text, port.categories()).isPresent();
        }
        if (numeric) {
            return numbers(port.categories());
        }
        if (found.stream().allMatch(text -> text.matches("-?\\d+"))) {
            outOfRange(table, column, port);
        }
        if (found.size() > port.categories()) {
            throw DataException.in(table.file(),
                    table.columnName(column) + " holds " + found.size() + " different labels, but `" + port.title() + "` is category("
                            + port.categories() + ")",
                    "the labels are " + String.join(", ", found.stream().limit(8).toList()) + (found.size() > 8 ? ", ..." : ""));
        }
        return new Labels(List.copyOf(found));
    }

    private static void outOfRange(Table table, int column, Port port) {
        for (int row = 0; row < table.rows().size(); row++) {
            String text = table.rows().get(row)[column];
            if (number(text, port.categories()).isEmpty()) {
                throw DataException.at(table.file(), table.lines()[row],
                        table.columnName(column) + " holds the label " + text + ", but `" + port.title()
                                + "` is category(" + port.categories() + ")",
                        "labels are whole numbers from 0 to " + (port.categories() - 1) + ", or the texts of an `enum`");
            }
        }
    }

    /// The number of each text of a column.
    ///
    /// @throws DataException for a text that is not among these labels
    int[] encode(Table table, int column) {
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            numbers.put(texts.get(i), i);
        }
        int[] result = new int[table.rows().size()];
        for (int row = 0; row < result.length; row++) {
            String text = table.rows().get(row)[column];
            Integer number = numbers.get(text);
            if (number == null) {
                throw DataException.at(table.file(), table.lines()[row],
                        table.columnName(column) + " holds the label \"" + text + "\", which is not known",
                        "known labels are " + String.join(", ", texts.stream().limit(12).toList()));
            }
            result[row] = number;
        }
        return result;
    }

    private static Optional<Integer> number(String text, int categories) {
        if (!text.matches("\\d{1,9}")) {
            return Optional.empty();
        }
        int value = Integer.parseInt(text);
        return value < categories && Integer.toString(value).equals(text) ? Optional.of(value) : Optional.empty();
    }
}
