package nnet.cli;

import java.util.ArrayList;
import java.util.List;
import nnet.runtime.Manifest;
import nnet.runtime.Network;
import nnet.runtime.Prediction;
import nnet.trainer.Examples;
import nnet.trainer.data.Dataset;
import nnet.trainer.data.Encoding;
import nnet.trainer.data.Labels;

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
        for (int i = 0; i < data.inputs().size(); i++) {
            if (data.inputs().get(i).isCategory()) {
                prediction.input(i, data.input(i).integers());
            } else {
                prediction.input(i, data.input(i).reals());
            }
        }
        for (Manifest.Port output : network.outputs()) {
            results.add(new float[Math.multiplyExact(data.rows(), output.size())]);
            prediction.output(results.size() - 1, results.getLast());
        }
        prediction.run(data.rows());
    }

    /// Shows the training examples with their targets and predictions, if they are few.
    static void showIfFew(Terminal terminal, Network network, Examples examples) {
        Dataset data = examples.train();
        int columns = data.values().stream().mapToInt(values -> values.port().size()).sum();
        if (data.rows() > FEW_ROWS || columns > FEW_COLUMNS || !examples.encoding().normalizers().isEmpty()) {
            return;
        }
        Predictions predictions = new Predictions(network, examples.encoding(), data);
        List<String> head = new ArrayList<>();
        data.inputs().forEach(port -> head.add(port.name()));
        data.targets().forEach(port -> head.add(port.name().isEmpty() ? "target" : port.name()));
        network.outputs().forEach(port -> head.add("predicted" + (network.outputs().size() == 1 ? "" : " " + port.name())));
        TextTable table = new TextTable(head.toArray(String[]::new));
        for (int row = 0; row < data.rows(); row++) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < data.values().size(); i++) {
                cells.add(predictions.given(data, i, row));
            }
            for (int output = 0; output < network.outputs().size(); output++) {
                cells.add(String.join(" ", predictions.predicted(output, row)));
            }
            table.row(cells.toArray());
        }
        table.print(terminal.out());
    }

    private String given(Dataset data, int port, int row) {
        Dataset.Values values = data.values().get(port);
        if (values.port().isCategory()) {
            return label(values.port().name(), values.integers()[row]);
        }
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < values.port().size(); i++) {
            numbers.add(number(values.reals()[row * values.port().size() + i]));
        }
        return String.join(" ", numbers);
    }

    /// Of an output of categories the most probable label and its probability, otherwise its numbers.
    List<String> predicted(int output, int row) {
        Manifest.Port port = network.outputs().get(output);
        float[] values = results.get(output);
        int at = row * port.size();
        if (port.categories() > 0 && port.size() == port.categories()) {
            int best = 0;
            for (int k = 1; k < port.categories(); k++) {
                best = values[at + k] > values[at + best] ? k : best;
            }
            return List.of(
                    label(network.targets().size() == network.outputs().size() ? network.targets().get(output).name() : port.name(), best),
                    Numbers.brief(values[at + best]));
        }
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < port.size(); i++) {
            numbers.add(Numbers.brief(values[at + i]));
        }
        return numbers;
    }

    /// The text of a category, where the data gave it one.
    private String label(String port, int category) {
        Labels labels = encoding.labels().get(port);
        return labels == null || category >= labels.texts().size() ? Integer.toString(category) : labels.texts().get(category);
    }

    private static String number(float value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9 ? Long.toString((long) value) : Float.toString(value);
    }
}
