package nnet.trainer.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Deals the columns of a table to ports that its header does not name: inputs first, targets last. Where the header names all inputs, or all targets, these take the
/// columns of their names, and so does a record or an enum; the names of others may be there by chance.
record Dealing(Table table, List<Port> inputs, List<Port> targets, CsvOptions options) {

    /// The columns of each port, inputs first.
    List<int[]> columns() {
        List<Optional<int[]>> namedInputs = named(inputs, options.inputs());
        List<Optional<int[]>> namedTargets = named(targets, options.targets());
        int wantedInputs = wanted(inputs, namedInputs);
        int wantedTargets = wanted(targets, namedTargets);
        Set<Integer> taken = new HashSet<>();
        namedInputs.forEach(columns -> columns.ifPresent(all -> IntStream.of(all).forEach(taken::add)));
        namedTargets.forEach(columns -> columns.ifPresent(all -> IntStream.of(all).forEach(taken::add)));
        List<Integer> free = IntStream.range(0, table.columns()).filter(column -> !taken.contains(column)).boxed().toList();
        List<Integer> targetColumns = options.targets().isEmpty()
                ? free.subList(Math.max(0, free.size() - wantedTargets), free.size())
                : options.targets().stream().map(name -> Header.column(table, name)).toList();
        List<Integer> inputColumns = options.inputs().isEmpty()
                ? free.stream().filter(column -> !targetColumns.contains(column)).toList()
                : options.inputs().stream().map(name -> Header.column(table, name)).toList();
        boolean hasRest = wantedInputs == 0 && options.inputs().isEmpty();
        if (!hasRest && inputColumns.size() != wantedInputs || targetColumns.size() != wantedTargets) {
            throw unfit(inputColumns.size(), targetColumns.size());
        }
        List<int[]> columns = new ArrayList<>();
        deal(inputColumns, inputs, namedInputs, columns);
        deal(targetColumns, targets, namedTargets, columns);
        refuseOtherNames(inputs, options.inputs(), columns);
        refuseOtherNames(targets, options.targets(), columns.subList(inputs.size(), columns.size()));
        return columns;
    }

    /// A header that has some of the names in other places is not in order; whoever wrote it meant the names.
    private void refuseOtherNames(List<Port> ports, List<String> chosen, List<int[]> columns) {
        for (int i = 0; i < ports.size() && chosen.isEmpty(); i++) {
            int[] dealt = columns.get(i);
            Optional<int[]> called = Header.find(table, ports.get(i));
            if (called.isPresent() && !Arrays.equals(called.get(), dealt)) {
                String missing = ports.stream().filter(port -> Header.find(table, port).isEmpty()).findFirst().orElseThrow().title();
                throw DataException.in(table.file(), "has the column " + table.columnName(called.get()[0]) + ", but no column \"" + missing
                        + "\"; in their order, columns would go elsewhere",
                        "call a column \"" + missing + "\", or choose columns with `inputs:` and `targets:` in csv(...)");
            }
        }
    }

    private DataException unfit(int inputColumns, int targetColumns) {
        boolean isChosen = !options.inputs().isEmpty() || !options.targets().isEmpty();
        String found = isChosen
                ? "gives " + inputColumns + " to the inputs and " + targetColumns + " to the targets by `inputs:` and `targets:`"
                : "has " + table.width();
        String hint = table.otherDelimiter().filter(_ -> !isChosen).map(Dealing::separated)
                .orElse("choose columns with `inputs:` and `targets:` in csv(...), or correct the shape of the network");
        return DataException.in(table.file(),
                found + ", but the network needs " + (size(inputs) + size(targets)) + ": " + describe(inputs, targets), hint);
    }

    /// Nothing is taken by name where the options say which columns are to be taken.
    private List<Optional<int[]>> named(List<Port> ports, List<String> chosen) {
        boolean isByName = chosen.isEmpty();
        boolean isComplete = isByName && ports.stream().allMatch(port -> Header.find(table, port).isPresent());
        return ports.stream().map(port -> isByName && (isComplete || !port.fields().isEmpty())
                ? Header.find(table, port)
                : Optional.<int[]>empty()).toList();
    }

    private static int wanted(List<Port> ports, List<Optional<int[]>> named) {
        return IntStream.range(0, ports.size()).filter(i -> named.get(i).isEmpty()).map(i -> ports.get(i).size()).sum();
    }

    private static int size(List<Port> ports) {
        return ports.stream().mapToInt(Port::size).sum();
    }

    private static void deal(List<Integer> columns, List<Port> ports, List<Optional<int[]>> named, List<int[]> out) {
        int next = 0;
        for (int i = 0; i < ports.size(); i++) {
            if (named.get(i).isPresent()) {
                out.add(named.get(i).get());
                continue;
            }
            out.add(columns.subList(next, next + ports.get(i).size()).stream().mapToInt(Integer::intValue).toArray());
            next += ports.get(i).size();
        }
    }

    private static String separated(String delimiter) {
        return "its fields seem to be separated by something else: csv(..., delimiter: \"" + delimiter.replace("\t", "\\t") + "\")";
    }

    static String describe(List<Port> inputs, List<Port> targets) {
        List<String> parts = new ArrayList<>();
        inputs.forEach(port -> parts.add(port.size() + " for input `" + port.title() + "`"));
        targets.forEach(port -> parts.add(port.size() + " for output `" + port.title() + "`"));
        return String.join(", ", parts);
    }
}
