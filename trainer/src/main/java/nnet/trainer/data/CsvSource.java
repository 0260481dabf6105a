package nnet.trainer.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `csv("file.csv", ...)`: a row of a table is an example.
///
/// @param normalization of the inputs
public record CsvSource(Path file, CsvOptions options, Optional<Normalizer.Kind> normalization) implements DataSource {

    @Override
    public List<Path> files() {
        return List.of(file);
    }

    @Override
    public Material open(List<Port> inputs, List<Port> targets, Encoding known) {
        refuseSequences(inputs);
        refuseSequences(targets);
        Table table = CsvReader.read(file, options, wanted(inputs));
        Binding binding = Binding.of(table, inputs, targets, options, known.labels());
        return new Rows(table, binding, binding.read(table), normalization);
    }

    @Override
    public Questions questions(Path asked, List<Port> inputs, List<Port> targets, Encoding known) {
        refuseSequences(inputs);
        Table table = CsvReader.read(asked, new CsvOptions(Optional.empty(), options.delimiter(), options.inputs(), List.of()),
                wanted(inputs));
        int width = inputs.stream().mapToInt(Port::size).sum();
        boolean isWhole = table.columns() > width && options.inputs().isEmpty()
                && options.targets().stream().allMatch(name -> Header.isNumber(name) || Header.hasAll(table, List.of(name)))
                && targets.stream()
                        .allMatch(port -> !port.isCategory() || !port.labels().isEmpty() || known.labels().containsKey(port.name()));
        Binding binding = Binding.of(table, inputs, isWhole ? targets : List.of(), asking(table, width, isWhole), known.labels());
        return new Questions(known.normalize(binding.readInputs(table)), List.of());
    }

    /// Chosen inputs are looked for in whatever is asked, unless these are as many columns as the inputs, without the chosen names: then they go in order. Targets are
    /// of interest only where they have to be told from inputs.
    private CsvOptions asking(Table table, int width, boolean isWhole) {
        boolean isInOrder = table.columns() == width && !Header.hasAll(table, options.inputs());
        return new CsvOptions(options.header(), options.delimiter(), isInOrder ? List.of() : options.inputs(),
                isWhole ? options.targets() : List.of());
    }

    private List<String> wanted(List<Port> inputs) {
        return options.inputs().isEmpty() ? inputs.stream().flatMap(port -> port.columnNames().stream()).toList() : options.inputs();
    }

    private void refuseSequences(List<Port> ports) {
        for (Port port : ports) {
            if (port.isCategory() && !port.shape().isEmpty()) {
                throw DataException.in(file, "cannot give `" + port.title() + "`, a sequence of categories",
                        "text(...) and texts(...) make sequences of categories of texts");
            }
        }
    }

    private record Rows(Table table, Binding binding, Dataset all, Optional<Normalizer.Kind> normalization) implements Material {

        @Override
        public int rows() {
            return all.rows();
        }

        /// Labels are those of all rows: what there is to tell apart is no secret of the test.
        @Override
        public Encoding learn(nnet.trainer.data.Rows train, Encoding known) {
            return known.withLabels(labels()).withNormalizers(all.select(train), normalization);
        }

        private Map<String, Labels> labels() {
            List<Port> ports = new ArrayList<>(binding.inputs());
            ports.addAll(binding.targets());
            Map<String, Labels> labels = new LinkedHashMap<>();
            for (int i = 0; i < ports.size(); i++) {
                String port = ports.get(i).name();
                binding.labels().get(i).ifPresent(found -> labels.put(port, found));
            }
            return labels;
        }

        @Override
        public Dataset part(nnet.trainer.data.Rows rows, Encoding encoding) {
            return encoding.normalize(all.select(rows));
        }

        @Override
        public String note() {
            return table.file().getFileName() + ": " + table.rows().size() + " rows, " + table.columns() + " columns, "
                    + (table.names().isPresent() ? "with" : "without") + " header, columns bound by "
                    + (binding.byName() ? "name" : "order");
        }
    }
}
