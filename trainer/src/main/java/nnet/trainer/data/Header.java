package nnet.trainer.data;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import nnet.compiler.source.NearName;

/// Finds columns by the names in the first line of a table.
final class Header {

    private Header() {
    }

    /// The columns of a port, if the header names all of them.
    ///
    /// @throws DataException if it names some fields of a record and others not
    static Optional<int[]> find(Table table, Port port) {
        List<String> names = place(table, port.title()) < 0 && place(table, port.name()) >= 0 && port.size() == 1 && port.fields().isEmpty()
                ? List.of(port.name())
                : port.columnNames();
        int[] places = names.stream().mapToInt(name -> place(table, name)).toArray();
        long found = names.stream().filter(name -> place(table, name) >= 0).count();
        if (found == names.size() && found > 0) {
            return Optional.of(places);
        }
        if (found > 0) {
            String missing = names.stream().filter(name -> place(table, name) < 0).findFirst().orElseThrow();
            throw unknown(table, missing);
        }
        return Optional.empty();
    }

    /// Whether there is a column of each of these names.
    static boolean hasAll(Table table, List<String> names) {
        return names.stream().allMatch(name -> place(table, name) >= 0);
    }

    /// The column of that name, or of that number, counted from 0.
    static int column(Table table, String name) {
        int place = place(table, name);
        if (place < 0 && isNumber(name) && Integer.parseInt(name) < table.columns()) {
            return Integer.parseInt(name);
        }
        if (place < 0) {
            throw unknown(table, name);
        }
        return place;
    }

    /// Whether a column is chosen by its number.
    static boolean isNumber(String name) {
        return name.matches("\\d{1,6}");
    }

    /// The exact name goes before one that differs in case, spaces or punctuation only.
    ///
    /// @throws DataException if two columns have the exact name
    private static int place(Table table, String name) {
        List<String> names = table.names().orElse(List.of());
        int exact = names.indexOf(name);
        if (exact != names.lastIndexOf(name)) {
            throw DataException.in(table.file(), "has more than one column \"" + name + "\"", "give each column a name of its own");
        }
        for (int i = 0; exact < 0 && i < names.size(); i++) {
            exact = plain(names.get(i)).equals(plain(name)) ? i : exact;
        }
        return exact;
    }

    private static String plain(String name) {
        return name.replaceAll("[^\\p{L}\\p{N}]", "").toLowerCase(Locale.ROOT);
    }

    private static DataException unknown(Table table, String name) {
        Collection<String> names = table.names().orElse(List.of());
        String known = names.isEmpty()
                ? "it has no header; columns are numbered from 0 to " + (table.columns() - 1)
                : "its columns are " + String.join(", ", names);
        return DataException.in(table.file(), "has no column \"" + name + "\"",
                NearName.of(name, names).map(near -> "did you mean \"" + near + "\"?").orElse(known));
    }
}
