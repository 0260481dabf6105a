package nnet.trainer.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// `sequences("movements.csv", by: "sequence", label: "room")`: a table in which rows that follow each other and have the same text in one column are one example, a
/// sequence of rows of numbers, with one answer for each sequence.
///
/// A sequence becomes as many rows as the network takes, zeros behind. A second input of the network gets the number of rows (`i32`), or 1 for each row that is there
/// (`i32[n]`).
///
/// @param by      name (or position from 0) of the column that is the same in all rows of a sequence
/// @param columns what the network sees; empty: all columns but `by` and `label`
/// @param label   the column of the answer, the same in all rows of a sequence
/// @param isCut   whether of longer sequences the first rows are taken; otherwise they are a mistake
public record SequencesSource(Path file, CsvOptions options, String by, List<String> columns, String label, boolean isCut,
        Optional<Normalizer.Kind> normalization) implements DataSource {

    public SequencesSource {
        columns = List.copyOf(columns);
    }

    @Override
    public List<Path> files() {
        return List.of(file);
    }

    @Override
    public Material open(List<Port> inputs, List<Port> targets, Encoding known) {
        Port target = targets.getFirst();
        boolean isNumber = target.kind() == Port.Kind.REAL && target.size() == 1;
        if (targets.size() != 1 || !isNumber && !(target.isCategory() && target.shape().isEmpty())) {
            throw DataException.in(file, "gives sequences with one answer each, but the network learns "
                    + targets.stream().map(Port::type).collect(Collectors.joining(", ")), "its output must be category(k) or [1]");
        }
        Table table = CsvReader.read(file, options);
        int answer = Header.column(table, label);
        Numbers numbers = read(table, inputs, answer);
        requireOneAnswer(table, numbers, answer);
        Table first = numbers.firstRows(table);
        if (isNumber) {
            float[] answers = new float[first.rows().size()];
            for (int i = 0; i < answers.length; i++) {
                answers[i] = first.number(i, answer);
            }
            return new Sequences(numbers, inputs, new Values.Numbers(target, answers));
        }
        Labels labels = known.labels().containsKey(target.name()) ? known.labels().get(target.name()) : Labels.of(first, answer, target);
        return new Labelled(new Sequences(numbers, inputs, new Values.Integers(target, labels.encode(first, answer))),
                Map.of(target.name(), labels));
    }

    private void requireOneAnswer(Table table, Numbers numbers, int answer) {
        for (int i = 0; i < numbers.count(); i++) {
            String text = table.rows().get(numbers.starts[i])[answer];
            for (int row = numbers.starts[i]; row < numbers.starts[i + 1]; row++) {
                if (!table.rows().get(row)[answer].equals(text)) {
                    throw DataException.at(file, table.lines()[row], table.columnName(answer) + " holds \"" + table.rows().get(row)[answer]
                            + "\", but \"" + text + "\" in the first row of sequence " + numbers.names.get(i), "a sequence has one answer");
                }
            }
        }
    }

    @Override
    public Questions questions(Path asked, List<Port> inputs, List<Port> targets, Encoding known) {
        Table table = CsvReader.read(asked, options);
        boolean hasAnswers = table.names().map(names -> names.contains(label)).orElse(false);
        Numbers numbers = read(table, inputs, hasAnswers ? Header.column(table, label) : -1);
        return new Questions(Dataset.of(encode(numbers, inputs, known), List.of(), numbers.count()), numbers.names);
    }

    /// The numbers of all rows, and where each sequence begins among them.
    private record Numbers(int width, float[] all, int[] starts, List<String> names) {

        int count() {
            return starts.length - 1;
        }

        Table firstRows(Table table) {
            int[] first = Arrays.copyOf(starts, count());
            return new Table(table.file(), table.names(), Arrays.stream(first).mapToObj(table.rows()::get).toList(),
                    Arrays.stream(first).mapToLong(row -> table.lines()[row]).toArray());
        }
    }

    /// @param answer the column of the answers; -1: there is none
    private Numbers read(Table table, List<Port> inputs, int answer) {
        int name = Header.column(table, by);
        List<Integer> places = columns.isEmpty()
                ? IntStream.range(0, table.columns()).filter(column -> column != name && column != answer).boxed().toList()
                : columns.stream().map(column -> Header.column(table, column)).toList();
        requireInputs(table.file(), inputs, places.size());
        int rows = table.rows().size();
        float[] all = new float[Math.multiplyExact(rows, places.size())];
        List<Integer> starts = new ArrayList<>();
        List<String> names = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (int row = 0; row < rows; row++) {
            String text = table.rows().get(row)[name];
            if (row == 0 || !text.equals(names.getLast())) {
                begin(table, row, text, known);
                starts.add(row);
                names.add(text);
            }
            requireRoom(table, row, starts.getLast(), text, inputs.getFirst());
            for (int i = 0; i < places.size(); i++) {
                all[row * places.size() + i] = table.number(row, places.get(i));
            }
        }
        starts.add(rows);
        return new Numbers(places.size(), all, starts.stream().mapToInt(Integer::intValue).toArray(), names);
    }

    private static void begin(Table table, int row, String name, Set<String> known) {
        if (!known.add(name)) {
            throw DataException.at(table.file(), table.lines()[row], "sequence " + name + " goes on after another one",
                    "its rows must follow each other");
        }
    }

    private void requireRoom(Table table, int row, int start, String name, Port input) {
        int most = input.shape().getFirst();
        if (!isCut && row - start >= most) {
            throw DataException.at(table.file(), table.lines()[row], "sequence " + name + " has more than the " + most + " rows that `"
                    + input.title() + "` takes", "`cut: true` takes the first " + most);
        }
    }

    private static void requireInputs(Path file, List<Port> inputs, int width) {
        Port input = inputs.getFirst();
        boolean isSequence = input.kind() == Port.Kind.REAL
                && (input.shape().size() == 2 && input.shape().getLast() == width || input.shape().size() == 1 && width == 1);
        boolean restFits = inputs.size() == 1 || inputs.size() == 2 && Values.Lengths.fit(inputs.getLast(), input);
        if (!isSequence || !restFits) {
            throw DataException.in(file, "gives sequences of " + width + (width == 1 ? " column" : " columns") + ", but the network takes "
                    + inputs.stream().map(Port::type).collect(Collectors.joining(", ")),
                    "its input must be [time <= n, " + width + "]");
        }
    }

    private List<Values> encode(Numbers numbers, List<Port> inputs, Encoding known) {
        Port input = inputs.getFirst();
        Normalizer normalizer = known.normalizers().get(input.name());
        float[] all = normalizer == null ? numbers.all : normalizer.rows(numbers.all, numbers.width);
        Values sequences = new Values.Stretches(input, all, numbers.starts, numbers.width);
        return inputs.size() == 1
                ? List.of(sequences)
                : List.of(sequences, new Values.Lengths(inputs.getLast(), numbers.starts, input.shape().getFirst()));
    }

    private final class Sequences implements Material {

        private final Numbers numbers;
        private final List<Port> inputs;
        private final Values answers;

        Sequences(Numbers numbers, List<Port> inputs, Values answers) {
            this.numbers = numbers;
            this.inputs = inputs;
            this.answers = answers;
        }

        @Override
        public int rows() {
            return numbers.count();
        }

        /// Statistics of columns, over all rows of the sequences to train on.
        @Override
        public Encoding learn(Rows train, Encoding known) {
            if (normalization.isEmpty() || !known.normalizers().isEmpty()) {
                return known;
            }
            int[] rows = IntStream.range(0, train.count()).map(train::at)
                    .flatMap(sequence -> IntStream.range(numbers.starts[sequence], numbers.starts[sequence + 1])).toArray();
            Dataset table = Dataset.of(List.of(new Values.Numbers(Port.real("row", numbers.width), numbers.all)), List.of(),
                    numbers.starts[numbers.count()]);
            return known.withNormalizers(Map.of(inputs.getFirst().name(),
                    Normalizer.of(table.select(Rows.of(rows)).input(0), normalization.orElseThrow(), numbers.width)));
        }

        @Override
        public Dataset part(Rows rows, Encoding encoding) {
            return Dataset.of(encode(numbers, inputs, encoding), List.of(answers), numbers.count()).select(rows);
        }

        @Override
        public String note() {
            int[] lengths = IntStream.range(0, numbers.count()).map(i -> numbers.starts[i + 1] - numbers.starts[i]).sorted().toArray();
            return file.getFileName() + ": " + lengths.length + " sequences of " + lengths[0] + " to " + lengths[lengths.length - 1]
                    + " rows";
        }
    }
}
