package nnet.trainer.data;

import java.util.List;
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

    CsvOptions withDelimiter(char other) {
        return new CsvOptions(header, other, inputs, targets);
    }
}
