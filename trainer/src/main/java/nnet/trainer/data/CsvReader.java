package nnet.trainer.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import nnet.trainer.data.file.DataFile;
import nnet.trainer.data.file.TextFile;

/// Reads CSV files (RFC 4180), plain or gzipped (told by their first bytes, not by their name).
public final class CsvReader {

    private CsvReader() {
    }

    /// @throws DataException if the file is missing, unreadable, empty or ragged
    public static Table read(Path file, CsvOptions options) {
        return read(file, options, List.of());
    }

    /// @param wanted names of columns that will be looked for: a first row that holds all of them is a header
    public static Table read(Path file, CsvOptions options, List<String> wanted) {
        List<String[]> rows = new ArrayList<>();
        List<Long> lines = new ArrayList<>();
        try (Reader text = TextFile.open(file);
                var records = de.siegmar.fastcsv.reader.CsvReader.builder().fieldSeparator(options.delimiter())
                        .extraFieldStrategy(FieldMismatchStrategy.IGNORE).missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                        .ofCsvRecord(text)) {
            for (CsvRecord line : records) {
                rows.add(line.getFields().stream().map(String::strip).toArray(String[]::new));
                lines.add(line.getStartingLineNumber());
            }
        } catch (IOException | UncheckedIOException | CsvParseException problem) {
            throw DataFile.unreadable(file, problem);
        }
        return table(file, rows, lines, options, wanted);
    }

    private static Table table(Path file, List<String[]> rows, List<Long> lines, CsvOptions options, List<String> wanted) {
        if (rows.isEmpty()) {
            throw DataException.in(file, "holds no rows", "");
        }
        boolean header = options.header().orElseGet(() -> looksLikeHeader(rows) || holds(rows.getFirst(), wanted));
        Optional<List<String>> names = header ? Optional.of(List.of(rows.getFirst())) : Optional.empty();
        List<String[]> body = header ? rows.subList(1, rows.size()) : rows;
        long[] numbers = lines.stream().skip(header ? 1 : 0).mapToLong(Long::longValue).toArray();
        if (body.isEmpty()) {
            throw Table.withoutRows(file);
        }
        int width = rows.getFirst().length;
        for (int row = 0; row < body.size(); row++) {
            if (body.get(row).length != width) {
                throw DataException.at(file, numbers[row],
                        "has " + DataException.count(body.get(row).length, "field") + ", but the first row has " + width,
                        body.get(row).length < width && goesOn(body.get(row))
                                ? "a quote that is opened here is closed in another line, or never"
                                : "is the delimiter '" + options.delimiter() + "' right?");
            }
        }
        return new Table(file, names, List.copyOf(body), numbers);
    }

    /// Whether a row does not end with its line.
    private static boolean goesOn(String[] row) {
        return Arrays.stream(row).anyMatch(field -> field.indexOf('\n') >= 0);
    }

    /// Numbers are positions, not names.
    private static boolean holds(String[] row, List<String> wanted) {
        List<String> names = wanted.stream().filter(name -> Float.isNaN(Table.parse(name))).toList();
        return !names.isEmpty() && Arrays.asList(row).containsAll(names);
    }

    /// The first row is a header if in some column it holds text where the second row holds a number.
    private static boolean looksLikeHeader(List<String[]> rows) {
        if (rows.size() < 2 || rows.get(0).length != rows.get(1).length) {
            return false;
        }
        for (int column = 0; column < rows.get(0).length; column++) {
            if (Float.isNaN(Table.parse(rows.get(0)[column])) && !Float.isNaN(Table.parse(rows.get(1)[column]))) {
                return true;
            }
        }
        return false;
    }
}
