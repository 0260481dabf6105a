package nnet.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import nnet.runtime.Manifest;
import nnet.runtime.Network;
import nnet.runtime.Prediction;
import nnet.trainer.Batches;
import nnet.trainer.Examples;
import nnet.trainer.data.Dataset;
import nnet.trainer.data.Encoding;
import nnet.trainer.data.Field;
import nnet.trainer.data.Labels;
import nnet.trainer.data.Normalizer;
import nnet.trainer.data.Port;
import nnet.trainer.data.Values;
import nnet.trainer.data.text.Vocabulary;

/// What a network says about examples, as text.
final class Predictions {

    /// A data set is shown as a whole up to this many rows and numbers in a row.
    private static final int FEW_ROWS = 16;
    private static final int FEW_COLUMNS = 6;

    private final Network network;
    private final Encoding encoding;
    private final List<float[]> results = new ArrayList<>();

    /// Predicts all rows.
    Predictions(Network network, Encoding encoding, Dataset data) {
        this.network = network;
        this.encoding = encoding;
        Prediction prediction = network.prediction();
        Batches batches = new Batches(data.withoutTargets());
        batches.bind(prediction);
        List<float[]> parts = new ArrayList<>();
        for (Manifest.Port output : network.outputs()) {
            results.add(new float[Math.multiplyExact(data.rows(), output.size())]);
            parts.add(new float[Math.multiplyExact(Math.min(data.rows(), Batches.SIZE), output.size())]);
            prediction.output(parts.size() - 1, parts.getLast());
        }
        for (int from = 0; from < data.rows(); from += Batches.SIZE) {
            int count = batches.load(from);
            prediction.run(count);
            for (int i = 0; i < parts.size(); i++) {
                int size = network.outputs().get(i).size();
                System.arraycopy(parts.get(i), 0, results.get(i), from * size, count * size);
            }
        }
    }

    /// Shows the training examples with their targets and predictions, if they are few.
    static void showIfFew(Terminal terminal, Network network, Examples examples) {
        Dataset data = examples.train();
        int columns = data.columns().stream().mapToInt(column -> column.port().size()).sum();
        if (data.rows() > FEW_ROWS || columns > FEW_COLUMNS || !examples.encoding().normalizers().isEmpty()) {
            return;
        }
        Predictions predictions = new Predictions(network, examples.encoding(), data);
        List<String> head = new ArrayList<>();
        data.inputs().forEach(port -> head.addAll(port.isRow() ? port.fields().stream().map(Field::name).toList() : List.of(port.name())));
        data.targets().forEach(port -> head.add(port.name().isEmpty() ? "target" : port.name()));
        network.outputs().forEach(port -> head.add("predicted" + (network.outputs().size() == 1 ? "" : " " + port.name())));
        TextTable table = new TextTable(head.toArray(String[]::new));
        for (int row = 0; row < data.rows(); row++) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < data.values().size(); i++) {
                cells.addAll(predictions.given(data, i, row));
            }
            for (int output = 0; output < network.outputs().size(); output++) {
                cells.add(String.join(" ", predictions.predicted(output, row, Numbers::brief)));
            }
            table.row(cells.toArray());
        }
        table.print(terminal.out());
    }

    /// What the data say, in the words of the data: each field of a record by itself, everything else as one text.
    private List<String> given(Dataset data, int port, int row) {
        Dataset.Column column = data.columns().get(port);
        List<Field> fields = column.port().fields();
        List<String> texts = new ArrayList<>();
        int size = column.port().size();
        switch (column.values()) {
            case Values.Real _ -> {
                float[] values = new float[size];
                column.gather(new int[]{row}, 0, 1, values);
                for (int i = 0; i < size; i++) {
                    texts.add(fields.isEmpty() ? number(values[i]) : fields.get(i).text(values[i]).orElse(number(values[i])));
                }
            }
            case Values.Whole _ -> {
                int[] values = new int[size];
                column.gather(new int[]{row}, 0, 1, values);
                for (int value : values) {
                    texts.add(given(column.port(), value));
                }
            }
        }
        return column.port().isRow() ? texts : List.of(String.join(" ", texts));
    }

    private String given(Port port, int value) {
        if (!port.isCategory()) {
            return Integer.toString(value);
        }
        return port.labels().isEmpty() ? label(port.name(), value) : port.labels().get(value);
    }

    /// Of an output of categories the most probable label and its probability, otherwise its numbers.
    ///
    /// @param style how numbers are written
    List<String> predicted(int output, int row, DoubleFunction<String> style) {
        Manifest.Port port = network.outputs().get(output);
        float[] values = results.get(output);
        int at = row * port.size();
        if (port.categories() > 0 && port.size() == port.categories()) {
            int best = mostProbable(values, at, port.categories());
            String name = port.members().isEmpty() ? label(target(output), best) : port.members().get(best).name();
            return List.of(name, style.apply(values[at + best]));
        }
        if (port.categories() > 0) {
            return List.of(sequence(output, values, at));
        }
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < port.size(); i++) {
            numbers.add(style.apply(inUnits(target(output), values[at + i])));
        }
        return numbers;
    }

    /// What was learnt shifted and scaled is told as it was.
    private double inUnits(String target, float value) {
        Normalizer normalizer = encoding.normalizers().get(target);
        return normalizer == null || network.inputs().stream().anyMatch(input -> input.name().equals(target))
                ? value
                : normalizer.undo(value, 0);
    }

    private static int mostProbable(float[] values, int at, int categories) {
        int best = 0;
        for (int k = 1; k < categories; k++) {
            best = values[at + k] > values[at + best] ? k : best;
        }
        return best;
    }

    /// The name of what an output is compared with: labels and vocabularies are known by it.
    private String target(int output) {
        return network.targets().size() == network.outputs().size()
                ? network.targets().get(output).name()
                : network.outputs().get(output).name();
    }

    /// The most probable category at each place: as a text where they are tokens, otherwise one after the other.
    private String sequence(int output, float[] values, int at) {
        Manifest.Port port = network.outputs().get(output);
        int[] best = new int[port.size() / port.categories()];
        for (int i = 0; i < best.length; i++) {
            best[i] = mostProbable(values, at + i * port.categories(), port.categories());
        }
        Vocabulary vocabulary = encoding.vocabularies().get(target(output));
        return vocabulary != null
                ? vocabulary.decode(best)
                : Arrays.stream(best).mapToObj(each -> label(target(output), each)).collect(Collectors.joining(" "));
    }

    /// The text of a category, where the data gave it one.
    private String label(String port, int category) {
        Vocabulary vocabulary = encoding.vocabularies().get(port);
        if (vocabulary != null && category < vocabulary.size()) {
            return vocabulary.token(category);
        }
        Labels labels = encoding.labels().get(port);
        return labels == null || category >= labels.texts().size() ? Integer.toString(category) : labels.texts().get(category);
    }

    private static String number(float value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9 ? Long.toString((long) value) : Float.toString(value);
    }
}
