package nnet.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import nnet.runtime.Manifest;
import nnet.runtime.Network;
import nnet.trainer.Examples;
import nnet.trainer.LoadedNetwork;
import nnet.trainer.data.DataSource;
import nnet.trainer.data.Dataset;
import nnet.trainer.data.Encoding;
import nnet.trainer.generate.Writing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `nnc predict`: a CSV file of inputs to a CSV file of outputs. What answers a text by a text writes it to its end.
@Command(name = "predict", description = "Predicts every row of a CSV file. It may hold the inputs alone, or all columns of the training data.")
final class PredictCommand extends TrainedCommand {

    @Parameters(index = "1", paramLabel = "DATA", description = "The CSV file; gzipped or not.")
    Path data;

    @Option(names = {"-o",
        "--output"}, paramLabel = "CSV", description = "Where the predictions go, with all their digits; the standard output, rounded, if absent.")
    Path output;

    @Override
    boolean set(String name, String value) {
        if (name.equals("1")) {
            data = Path.of(value);
        }
        return name.equals("1") || super.set(name, value);
    }

    @Override
    int positions() {
        return 2;
    }

    @Override
    void run(LoadedNetwork loaded, Network network) throws IOException {
        Encoding encoding = weights.encoding(loaded);
        DataSource.Questions questions = Examples.questions(loaded.model(), data, encoding);
        Dataset examples = questions.end().isPresent()
                ? new Writing(network, questions.end().getAsInt()).finish(questions.examples())
                : questions.examples();
        Predictions predictions = new Predictions(network, encoding, examples);
        if (output == null) {
            write(terminal().out(), Numbers::brief, network, predictions, questions);
        } else {
            try (Writer file = Files.newBufferedWriter(output)) {
                write(file, Numbers::exact, network, predictions, questions);
            }
        }
    }

    private static void write(Appendable out, DoubleFunction<String> style, Network network, Predictions predictions,
            DataSource.Questions questions)
            throws IOException {
        boolean isNamed = !questions.names().isEmpty();
        List<String> head = new ArrayList<>(isNamed ? List.of("name") : List.of());
        network.outputs().forEach(port -> head.addAll(columns(port)));
        out.append(String.join(",", head)).append(System.lineSeparator());
        for (int row = 0; row < questions.examples().rows(); row++) {
            List<String> cells = new ArrayList<>(isNamed ? List.of(questions.names().get(row)) : List.of());
            for (int i = 0; i < network.outputs().size(); i++) {
                cells.addAll(predictions.predicted(i, row, style));
            }
            out.append(String.join(",", cells.stream().map(PredictCommand::quoted).toList())).append(System.lineSeparator());
        }
    }

    private static List<String> columns(Manifest.Port port) {
        if (port.categories() > 0 && port.size() == port.categories()) {
            return List.of(port.name(), port.name() + "_probability");
        }
        if (port.size() == 1 || port.categories() > 0) {
            return List.of(port.name());
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < port.size(); i++) {
            names.add(port.name() + "_" + i);
        }
        return names;
    }

    private static String quoted(String cell) {
        return cell.matches("(?s)[^\",\\r\\n]*") ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
    }
}
