package nnet.trainer.data;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import nnet.compiler.source.NearName;

/// How one column of a table is read that the source gives a type: a field of a record, or an enum.
///
/// @param texts what certain texts stand for: the number of a category, NaN for a missing value
public record Field(String name, Kind kind, Map<String, Float> texts) {

    public enum Kind {
        /// Any number, besides the texts.
        REAL,
        /// Any whole number, besides the texts.
        WHOLE,
        /// The texts alone.
        TEXT
    }

    public Field {
        texts = Map.copyOf(texts);
    }

    /// The same for a column of another name.
    Field named(String other) {
        return new Field(other, kind, texts);
    }

    /// The values of a column.
    ///
    /// @throws DataException for a text that means nothing here
    float value(Table table, int row, int column) {
        String text = table.rows().get(row)[column];
        Float known = texts.get(text);
        if (known != null) {
            return known;
        }
        float number = kind == Kind.TEXT ? Float.NaN : Table.parse(text);
        if (Float.isFinite(number) && (kind == Kind.REAL || number == Math.rint(number))) {
            return number;
        }
        throw unknown(table, row, column, text);
    }

    /// The text that stands for a value in data, the shortest of several; nothing for a number that is its own text.
    public Optional<String> text(float value) {
        return texts.entrySet().stream().filter(text -> text.getValue().equals(value)).map(Map.Entry::getKey)
                .min(Comparator.comparing(String::length).thenComparing(Comparator.naturalOrder()));
    }

    private DataException unknown(Table table, int row, int column, String text) {
        String holds = table.columnName(column) + " holds \"" + text + "\", ";
        String hint = text.isEmpty() || text.equals("?")
                ? "say what a missing value shall be: `missing(\"" + text + "\", " + (kind == Kind.TEXT ? "category" : "mean") + ")` behind the type of `" + name + "`"
                : near(text, texts.keySet());
        return table.refusal(row, holds + switch (kind) {
            case REAL -> "but `" + name + "` is a number";
            case WHOLE -> "but `" + name + "` is a whole number";
            case TEXT -> "which is no text of `" + name + "`";
        }, hint);
    }

    private static String near(String text, Collection<String> known) {
        TreeSet<String> sorted = new TreeSet<>(known);
        return NearName.of(text, sorted).map(name -> "did you mean \"" + name + "\"?")
                .orElse(known.isEmpty() ? "" : "known: " + String.join(", ", sorted.stream().limit(12).toList()) + (known.size() > 12 ? ", ..." : ""));
    }
}
