package nnet.trainer.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A table of text as it stands in a file: fields are trimmed, all rows have the same number of them.
///
/// @param names names of the columns, where the file has a header
/// @param lines the line of each row in the file, counted from 1
public record Table(Path file, Optional<List<String>> names, List<String[]> rows, long[] lines) {

    public int columns() {
        return names.map(List::size).orElseGet(() -> rows.isEmpty() ? 0 : rows.getFirst().length);
    }

    /// `1 column` or `12 columns`
    String width() {
        return columns() == 1 ? "1 column" : columns() + " columns";
    }

    /// What seems to separate the fields of a table that was read as one column.
    Optional<String> otherDelimiter() {
        return columns() > 1 || rows.isEmpty()
                ? Optional.empty()
                : Stream.of(";", ",", "\t", "|").filter(one -> rows.getFirst()[0].contains(one)).findFirst();
    }

    /// `"sepal_length"` or `column 3`, counted from 1.
    public String columnName(int column) {
        return names.map(list -> "\"" + list.get(column) + "\"").orElse("column " + (column + 1));
    }

    /// The number at a place.
    ///
    /// @throws DataException if the text there is not a finite number
    float number(int row, int column) {
        String text = rows.get(row)[column];
        float value = parse(text);
        if (Float.isFinite(value)) {
            return value;
        }
        throw refusal(row,
                columnName(column) + " holds \"" + text + "\", which is " + (Float.isNaN(value) ? "not a number" : "too large a number"),
                text.isEmpty() ? "the field is empty: fill it in or remove the row" : "");
    }

    /// The whole number at a place.
    ///
    /// @throws DataException if the text there is not a whole number of 32 bits
    int whole(int row, int column) {
        String text = rows.get(row)[column];
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            throw refusal(row, columnName(column) + " holds \"" + text + "\", which is not a whole number", "");
        }
    }

    /// What is wrong with a row. Of a table that is one row of texts alone it is not the texts: they are a header, and the rows are missing.
    DataException refusal(int row, String fault, String hint) {
        boolean isLoneHeader = rows.size() == 1 && names.isEmpty()
                && Stream.of(rows.getFirst()).allMatch(text -> !text.isEmpty() && Float.isNaN(parse(text)));
        return isLoneHeader ? withoutRows(file) : DataException.at(file, lines[row], fault, hint);
    }

    static DataException withoutRows(Path file) {
        return DataException.in(file, "holds a header and no rows", "");
    }

    /// NaN where the text is no number.
    static float parse(String text) {
        if (text.isEmpty()) {
            return Float.NaN;
        }
        char last = text.charAt(text.length() - 1);
        if (!Character.isDigit(last) && last != '.') {
            return Float.NaN;
        }
        try {
            return Float.parseFloat(text);
        } catch (NumberFormatException _) {
            return Float.NaN;
        }
    }
}
