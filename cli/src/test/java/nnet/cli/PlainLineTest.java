package nnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class PlainLineTest {

    private final Nnc nnc = new Nnc(Terminal.ofProcess());

    @Test
    void plain_training() {
        TrainCommand train = (TrainCommand) PlainLine.read(nnc, "train", "-o", "out", "net.nnet", "--threads", "2").orElseThrow();
        assertEquals(Path.of("net.nnet"), train.source.file);
        assertEquals(Path.of("out"), train.folder);
        assertEquals(OptionalInt.of(2), train.threads.count());
    }

    @Test
    void plain_prediction() {
        PredictCommand predict = (PredictCommand) PlainLine.read(nnc, "predict", "net.nnet", "rows.csv", "-w", "net.safetensors")
                .orElseThrow();
        assertEquals(Path.of("net.nnet"), predict.source.file);
        assertEquals(Path.of("rows.csv"), predict.data);
        assertEquals(Path.of("net.safetensors"), predict.weights.file);
    }

    /// Both ways read the same annotations' names, or a plain line would mean something else than its help says.
    @ParameterizedTest
    @ValueSource(strings = {"check net.nnet", "train net.nnet --output out", "train net.nnet -o out", "train net.nnet --threads 3",
        "eval net.nnet --weights w",
        "eval net.nnet -w w", "predict net.nnet rows.csv", "predict net.nnet rows.csv --weights w"})
    void picocli_understands_what_is_plain(String line) {
        String[] arguments = line.split(" ");
        assertTrue(PlainLine.read(nnc, arguments).isPresent());
        assertEquals(0, new CommandLine(nnc).parseArgs(arguments).errors().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "train", "check --help", "check net.nnet other.nnet", "check net.nnet --treads 2",
        "train net.nnet --threads two",
        "train net.nnet -o", "train net.nnet -o a -o b", "train net.nnet -oa", "train net.nnet --output=a", "train @line",
        "predict net.nnet", "tarin net.nnet",
        "train net.nnet --resume", "check net.nnet --set n=3"})
    void all_else_is_for_picocli(String line) {
        assertTrue(PlainLine.read(nnc, line.split(" ")).isEmpty());
    }
}
