package nnet.trainer.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How a CSV file is to be read.
///
/// @param header    whether the first row holds names; absent: found out from the first two rows
/// @param delimiter between fields
/// @param inputs    names (or positions from 0) of the input columns; empty: all that are not targets, in order
/// @param targets   names (or positions from 0) of the target columns; empty: the last ones
public record CsvOptions(Optional<Boolean> header, char delimiter, List<String> inputs, List<String> targets) {

    public static final CsvOptions STANDARD = new CsvOptions(Optional.empty(), ',', List.of(), List.of());

    public CsvOptions {
        inputs = List.copyOf(inputs);
        targets = List.copyOf(targets);
    }

    /// Whether a file is a table by its name.
    static boolean isTable(Path file) {
        return name(file).matches(".*\\.(csv|tsv)(\\.gz)?");
    }

    /// As a file is to be read: what is called `.tsv` has tabs between its fields.
    CsvOptions of(Path file) {
        return name(file).contains(".tsv") ? new CsvOptions(header, '\t', inputs, targets) : this;
    }

    /// As a file is to be read in which a column has this name, and so has a header; a number is no name.
    CsvOptions naming(String column) {
        return header.isPresent() || column.matches("\\d+") ? this : new CsvOptions(Optional.of(true), delimiter, inputs, targets);
    }

    private static String name(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT);
    }
}
