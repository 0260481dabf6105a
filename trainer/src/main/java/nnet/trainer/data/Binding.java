package nnet.trainer.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Which columns of a table feed which port of a network: made from the training table, used for every other table of the same network.
///
/// @param columns for each port (inputs, then targets) the positions of its columns
/// @param labels  for each port its labels, where it is a category
/// @param byName  whether the columns were found by the names of the header; otherwise by order
public record Binding(List<Port> inputs, List<Port> targets, List<int[]> columns, List<Optional<Labels>> labels, boolean byName,
        CsvOptions options) {

    /// Binds all ports by the names of the header where it has a column for each of their values, else those that the source gives types by these names, and the
    /// others by order: inputs first, targets last. Columns that the options name go before.
    ///
    /// @throws DataException if the columns do not suffice or are too many
    public static Binding of(Table table, List<Port> inputs, List<Port> targets, CsvOptions options) {
        return of(table, inputs, targets, options, Map.of());
    }

    /// @param known labels by the name of a port, where they are known from elsewhere; others are learned from the table
    public static Binding of(Table table, List<Port> inputs, List<Port> targets, CsvOptions options, Map<String, Labels> known) {
        List<Port> ports = new ArrayList<>(inputs);
        ports.addAll(targets);
        List<Optional<int[]>> named = new ArrayList<>(named(table, inputs, options.inputs()));
        named.addAll(named(table, targets, options.targets()));
        boolean isChosen = !options.inputs().isEmpty() || !options.targets().isEmpty();
        boolean byName = named.stream().allMatch(Optional::isPresent) && !isChosen;
        List<int[]> columns = byName
                ? named.stream().map(Optional::orElseThrow).toList()
                : new Dealing(table, inputs, targets, options).columns();
        List<Optional<Labels>> labels = new ArrayList<>();
        for (int i = 0; i < ports.size(); i++) {
            labels.add(labels(table, ports.get(i), columns.get(i)[0], known));
        }
        boolean isRowNamed = IntStream.range(0, inputs.size()).anyMatch(i -> inputs.get(i).isRow() && named.get(i).isPresent());
        boolean areInputsNamed = named.subList(0, inputs.size()).stream().allMatch(Optional::isPresent);
        return new Binding(List.copyOf(inputs), List.copyOf(targets), columns, labels,
                areInputsNamed || isRowNamed || !options.inputs().isEmpty(), options);
    }

    /// Where the options choose the columns, their names in the header say nothing.
    private static List<Optional<int[]>> named(Table table, List<Port> ports, List<String> chosen) {
        return ports.stream().map(port -> chosen.isEmpty() ? Header.find(table, port) : Optional.<int[]>empty()).toList();
    }

    private static Optional<Labels> labels(Table table, Port port, int column, Map<String, Labels> known) {
        if (!port.isCategory()) {
            return Optional.empty();
        }
        if (!port.labels().isEmpty()) {
            return Optional.of(new Labels(port.labels()));
        }
        Labels labels = known.get(port.name());
        return Optional.of(labels != null && labels.texts().size() <= port.categories() ? labels : Labels.of(table, column, port));
    }

    /// Inputs and targets as numbers.
    ///
    /// @throws DataException for text in a number column, an unknown label, or another number of columns than the training table had
    public Dataset read(Table table) {
        List<Port> ports = new ArrayList<>(inputs);
        ports.addAll(targets);
        return read(table, ports, columns, targets);
    }

    /// Inputs alone, for prediction. The table may hold just the input columns, in order, or all columns of training; of chosen columns each is where it was found.
    public Dataset readInputs(Table table) {
        int wanted = inputs.stream().mapToInt(Port::size).sum();
        List<int[]> places = new ArrayList<>();
        int next = 0;
        for (int i = 0; i < inputs.size(); i++) {
            boolean isChosen = !options.inputs().isEmpty();
            Optional<int[]> named = byName && !isChosen ? Header.find(table, inputs.get(i)) : Optional.empty();
            int from = next;
            next += inputs.get(i).size();
            places.add(named.orElse(table.columns() == wanted && !isChosen ? IntStream.range(from, next).toArray() : columns.get(i)));
        }
        return read(table, inputs, places, List.of());
    }

    private Dataset read(Table table, List<Port> ports, List<int[]> places, List<Port> answers) {
        int rightmost = places.stream().flatMapToInt(Arrays::stream).max().orElse(-1);
        if (rightmost >= table.columns()) {
            throw DataException.in(table.file(),
                    "has " + table.width() + ", but the network needs " + (rightmost + 1) + ": "
                            + Dealing.describe(inputs, answers),
                    "");
        }
        List<Values> values = new ArrayList<>();
        for (int i = 0; i < ports.size(); i++) {
            values.add(values(table, ports.get(i), places.get(i), labels.get(i)));
        }
        int given = values.size() - answers.size();
        return Dataset.of(values.subList(0, given), values.subList(given, values.size()), table.rows().size());
    }

    private static Values values(Table table, Port port, int[] place, Optional<Labels> known) {
        return switch (port.kind()) {
            case REAL -> new Values.Numbers(port, reals(table, port, place));
            case CATEGORY -> new Values.Integers(port, categories(table, port, place[0], known.orElseThrow()));
            case WHOLE -> new Values.Integers(port, wholes(table, place));
        };
    }

    private static int[] wholes(Table table, int[] columns) {
        int[] out = new int[Math.multiplyExact(table.rows().size(), columns.length)];
        for (int row = 0; row < table.rows().size(); row++) {
            for (int j = 0; j < columns.length; j++) {
                out[row * columns.length + j] = table.whole(row, columns[j]);
            }
        }
        return out;
    }

    private static int[] categories(Table table, Port port, int column, Labels labels) {
        if (port.fields().isEmpty()) {
            return labels.encode(table, column);
        }
        return IntStream.range(0, table.rows().size()).map(row -> (int) port.fields().getFirst().value(table, row, column)).toArray();
    }

    private static float[] reals(Table table, Port port, int[] columns) {
        float[] out = new float[Math.multiplyExact(table.rows().size(), columns.length)];
        for (int row = 0; row < table.rows().size(); row++) {
            for (int j = 0; j < columns.length; j++) {
                out[row * columns.length + j] = port.fields().isEmpty()
                        ? table.number(row, columns[j])
                        : port.fields().get(j).value(table, row, columns[j]);
            }
        }
        return out;
    }
}
