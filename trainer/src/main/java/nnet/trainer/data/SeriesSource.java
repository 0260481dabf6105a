package nnet.trainer.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// `series("file.csv", columns: "Passengers", ...)`: a table whose rows follow each other in time. An example is a window of as many rows as the network takes, and what
/// comes after it.
///
/// A row of the source is a row of the table: the parts are stretches of time, the first for training. What is to be forecast lies in its part; the window may
/// reach back before it, as it may when forecasts are made.
///
/// @param columns names (or positions from 0) of the columns that the network sees; empty: the last one
/// @param target  the column to be forecast; absent: the first of `columns`
/// @param horizon how many rows after the window the last forecast value lies; absent: as many as the network forecasts
/// @param season  rows of a season, for comparison with the forecast that everything will be as one season before
public record SeriesSource(Path file, CsvOptions options, List<String> columns, Optional<String> target, OptionalInt horizon,
        OptionalInt season,
        Optional<Normalizer.Kind> normalization) implements DataSource {

    public SeriesSource {
        columns = List.copyOf(columns);
    }

    @Override
    public List<Path> files() {
        return List.of(file);
    }

    @Override
    public Material open(List<Port> inputs, List<Port> targets, Encoding known) {
        Port input = input(inputs);
        Port wanted = targets.getFirst();
        if (targets.size() != 1 || wanted.kind() != Port.Kind.REAL) {
            throw DataException.in(file, "gives numbers to be forecast, but the network learns "
                    + targets.stream().map(Port::type).collect(Collectors.joining(", ")), "its output must be [n]");
        }
        if (horizon.isPresent() && horizon.getAsInt() < wanted.size()) {
            throw DataException.in(file,
                    "a horizon of " + horizon.getAsInt() + " is less than the " + wanted.size() + " values that the network forecasts", "");
        }
        return new Course(read(file, true), input, wanted);
    }

    private Port input(List<Port> inputs) {
        Port input = inputs.getFirst();
        int width = Math.max(1, columns.size());
        boolean fits = inputs.size() == 1 && input.kind() == Port.Kind.REAL
                && (input.shape().size() == 2 && input.shape().getLast() == width || input.shape().size() == 1 && width == 1);
        if (!fits) {
            throw DataException.in(file, "gives windows of " + width + (width == 1 ? " column" : " columns") + ", but the network takes "
                    + inputs.stream().map(Port::type).collect(Collectors.joining(", ")),
                    "its input must be [window, " + width + "]" + (width == 1 ? " or [window]" : ""));
        }
        return input;
    }

    /// The columns that the network sees, row by row, and the target behind them.
    private Numbers read(Path asked, boolean needsTarget) {
        Table table = CsvReader.read(asked, options);
        List<Integer> places = new ArrayList<>();
        if (columns.isEmpty()) {
            places.add(table.columns() - 1);
        }
        columns.forEach(name -> places.add(Header.column(table, name)));
        int width = places.size();
        int answer = needsTarget ? target.map(name -> Header.column(table, name)).orElse(places.getFirst()) : places.getFirst();
        float[] seen = new float[Math.multiplyExact(table.rows().size(), width)];
        float[] answers = new float[table.rows().size()];
        for (int row = 0; row < answers.length; row++) {
            for (int i = 0; i < width; i++) {
                seen[row * width + i] = table.number(row, places.get(i));
            }
            answers[row] = table.number(row, answer);
        }
        return new Numbers(asked, width, seen, answers);
    }

    private record Numbers(Path file, int width, float[] seen, float[] answers) {
        int rows() {
            return answers.length;
        }
    }

    /// Every window of the file, the one after which nothing is known included.
    @Override
    public Questions questions(Path asked, List<Port> inputs, List<Port> targets, Encoding known) {
        Port input = input(inputs);
        Numbers numbers = read(asked, false);
        int window = input.shape().getFirst();
        if (numbers.rows() < window) {
            throw tooShort(numbers, 0, numbers.rows(), window);
        }
        float[] seen = normalized(numbers.seen, numbers.width, known.normalizers().get(input.name()));
        return new Questions(Dataset.of(List.of(new Values.Windows(input, seen, numbers.width, 0)), List.of(), numbers.rows() - window + 1),
                List.of());
    }

    private static DataException tooShort(Numbers numbers, int from, int rows, int needed) {
        String part = from > 0 ? " from row " + (from + 1) + " on" : rows < numbers.rows() ? " to learn from" : "";
        return DataException.in(numbers.file,
                "has " + rows + " rows" + part + ", fewer than the " + needed
                        + " that one example needs",
                "make the window or the horizon shorter");
    }

    private static float[] normalized(float[] numbers, int width, Normalizer normalizer) {
        return normalizer == null ? numbers : normalizer.rows(numbers, width);
    }

    private final class Course implements Material {

        private final Numbers numbers;
        private final Port input;
        private final Port wanted;

        Course(Numbers numbers, Port input, Port wanted) {
            this.numbers = numbers;
            this.input = input;
            this.wanted = wanted;
        }

        @Override
        public int rows() {
            return numbers.rows();
        }

        @Override
        public boolean isOrdered() {
            return true;
        }

        @Override
        public Encoding learn(Rows train, Encoding known) {
            if (normalization.isEmpty() || !known.normalizers().isEmpty()) {
                return known;
            }
            Map<String, Normalizer> fitted = new LinkedHashMap<>();
            fitted.put(input.name(), fit(numbers.seen, numbers.width, train));
            fitted.put(wanted.name(), fit(numbers.answers, 1, train));
            return known.withNormalizers(fitted);
        }

        private Normalizer fit(float[] values, int width, Rows train) {
            Dataset rows = Dataset.of(List.of(new Values.Numbers(Port.real("row", width), values)), List.of(), numbers.rows());
            return Normalizer.of(rows.select(train).input(0), normalization.orElseThrow(), width);
        }

        @Override
        public Dataset part(Rows rows, Encoding encoding) {
            int window = input.shape().getFirst();
            int reach = horizon.orElse(wanted.size());
            int from = rows.at(0);
            int end = from + rows.count();
            // The first value that is forecast after a window that begins at row r has the number r + window + reach - wanted.size().
            int first = Math.max(0, from - window - reach + wanted.size());
            int count = end - first - window - reach + 1;
            if (count < 1) {
                throw tooShort(numbers, from, rows.count(), window + reach);
            }
            Normalizer seen = encoding.normalizers().get(input.name());
            Normalizer answer = encoding.normalizers().get(wanted.name());
            Values inputs = new Values.Windows(input, normalized(numbers.seen, numbers.width, seen), numbers.width, 0);
            Values answers = new Values.Forecast(
                    new Values.Windows(wanted, normalized(numbers.answers, 1, answer), 1, window + reach - wanted.size()),
                    numbers.answers, Optional.ofNullable(answer), reach, season);
            return Dataset.of(List.of(inputs), List.of(answers), numbers.rows()).select(new Rows.Range(first, first + count));
        }

        @Override
        public String note() {
            return numbers.file.getFileName() + ": " + numbers.rows() + " rows in the order of time";
        }
    }
}
