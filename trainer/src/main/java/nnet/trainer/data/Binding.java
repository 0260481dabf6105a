package nnet.trainer.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which columns of a table feed which port of a network: made from the training table, used for every other table of the same network.
///
/// @param columns for each port (inputs, then targets) the positions of its columns
/// @param labels  for each port its labels, where it is a category
/// @param byName  whether the columns were found by the names of the header; otherwise by order
public record Binding(List<Port> inputs, List<Port> targets, List<int[]> columns, List<Optional<Labels>> labels, boolean byName,
        CsvOptions options) {

    /// Binds by name where the options name columns or the header has a column for every port, else by order: inputs first, targets last.
    ///
    /// @throws DataException if the columns do not suffice or are too many
    public static Binding of(Table table, List<Port> inputs, List<Port> targets, CsvOptions options) {
        return of(table, inputs, targets, options, Map.of());
    }

    /// @param known labels by the name of a port, where they are known from elsewhere; others are learned from the table
    public static Binding of(Table table, List<Port> inputs, List<Port> targets, CsvOptions options, Map<String, Labels> known) {
        List<Port> ports = new ArrayList<>(inputs);
        ports.addAll(targets);
        boolean named = ports.stream().allMatch(port -> port.size() == 1 && find(table, port.name()).isPresent());
        List<int[]> columns = named
                ? ports.stream().map(port -> new int[]{find(table, port.name()).orElseThrow()}).toList()
                : inOrder(table, inputs, targets, options);
        List<Optional<Labels>> labels = new ArrayList<>();
        for (int i = 0; i < ports.size(); i++) {
            labels.add(labels(table, ports.get(i), columns.get(i)[0], known));
        }
        return new Binding(List.copyOf(inputs), List.copyOf(targets), columns, labels, named || !options.inputs().isEmpty(), options);
    }

    private static Optional<Labels> labels(Table table, Port port, int column, Map<String, Labels> known) {
        if (!port.isCategory()) {
            return Optional.empty();
        }
        Labels labels = known.get(port.name());
        return Optional.of(labels != null && labels.texts().size() <= port.categories() ? labels : Labels.of(table, column, port));
    }

    private static List<int[]> inOrder(Table table, List<Port> inputs, List<Port> targets, CsvOptions options) {
        int wantedTargets = targets.stream().mapToInt(Port::size).sum();
        int wantedInputs = inputs.stream().mapToInt(Port::size).sum();
        List<Integer> targetColumns = new ArrayList<>(options.targets().stream().map(name -> column(table, name)).toList());
        if (targetColumns.isEmpty()) {
            for (int i = Math.max(0, table.columns() - wantedTargets); i < table.columns(); i++) {
                targetColumns.add(i);
            }
        }
        List<Integer> inputColumns = new ArrayList<>(options.inputs().stream().map(name -> column(table, name)).toList());
        if (inputColumns.isEmpty()) {
            for (int i = 0; i < table.columns(); i++) {
                if (!targetColumns.contains(i)) {
                    inputColumns.add(i);
                }
            }
        }
        if (inputColumns.size() != wantedInputs || targetColumns.size() != wantedTargets) {
            throw DataException.in(table.file(),
                    "has " + table.columns() + " columns, but the network needs " + (wantedInputs + wantedTargets) + ": "
                            + describe(inputs, targets),
                    "choose columns with `inputs:` and `targets:` in csv(...), or correct the shape of the network");
        }
        List<int[]> columns = new ArrayList<>();
        deal(inputColumns, inputs, columns);
        deal(targetColumns, targets, columns);
        return columns;
    }

    private static void deal(List<Integer> columns, List<Port> ports, List<int[]> out) {
        int next = 0;
        for (Port port : ports) {
            out.add(columns.subList(next, next + port.size()).stream().mapToInt(Integer::intValue).toArray());
            next += port.size();
        }
    }

    private static String describe(List<Port> inputs, List<Port> targets) {
        List<String> parts = new ArrayList<>();
        inputs.forEach(port -> parts.add(port.size() + " for input `" + port.name() + "`"));
        targets.forEach(port -> parts.add(port.size() + " for output `" + port.name() + "`"));
        return String.join(", ", parts);
    }

    private static Optional<Integer> find(Table table, String name) {
        return table.names().map(names -> names.indexOf(name)).filter(i -> i >= 0);
    }

    private static int column(Table table, String name) {
        Optional<Integer> found = find(table, name);
        if (found.isEmpty() && name.matches("\\d{1,6}") && Integer.parseInt(name) < table.columns()) {
            return Integer.parseInt(name);
        }
        return found.orElseThrow(() -> DataException.in(table.file(), "has no column \"" + name + "\"",
                table.names().map(names -> "its columns are " + String.join(", ", names))
                        .orElse("it has no header; columns are numbered from 0 to " + (table.columns() - 1))));
    }

    /// Inputs and targets as numbers.
    ///
    /// @throws DataException for text in a number column, an unknown label, or another number of columns than the training table had
    public Dataset read(Table table) {
        List<Port> ports = new ArrayList<>(inputs);
        ports.addAll(targets);
        return read(table, ports, columns, targets);
    }

    /// Inputs alone, for prediction. The table may hold just the input columns, in order, or all columns of training.
    public Dataset readInputs(Table table) {
        int wanted = inputs.stream().mapToInt(Port::size).sum();
        List<int[]> places = new ArrayList<>();
        if (table.columns() == wanted && !byName) {
            deal(java.util.stream.IntStream.range(0, wanted).boxed().toList(), inputs, places);
        } else if (byName) {
            for (Port port : inputs) {
                places.add(port.size() == 1 ? new int[]{column(table, port.name())} : columns.get(inputs.indexOf(port)));
            }
        } else {
            places.addAll(columns.subList(0, inputs.size()));
        }
        return read(table, inputs, places, List.of());
    }

    private Dataset read(Table table, List<Port> ports, List<int[]> places, List<Port> answers) {
        int rightmost = places.stream().flatMapToInt(Arrays::stream).max().orElse(-1);
        if (rightmost >= table.columns()) {
            throw DataException.in(table.file(),
                    "has " + table.columns() + " columns, but the network needs " + (rightmost + 1) + ": " + describe(inputs, answers), "");
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
            case REAL -> new Values.Numbers(port, reals(table, place));
            case CATEGORY -> new Values.Integers(port, known.orElseThrow().encode(table, place[0]));
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

    private static float[] reals(Table table, int[] columns) {
        float[] out = new float[Math.multiplyExact(table.rows().size(), columns.length)];
        for (int row = 0; row < table.rows().size(); row++) {
            for (int j = 0; j < columns.length; j++) {
                out[row * columns.length + j] = table.number(row, columns[j]);
            }
        }
        return out;
    }
}
