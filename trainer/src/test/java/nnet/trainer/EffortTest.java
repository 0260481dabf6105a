package nnet.trainer;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import nnet.compiler.Compiler;
import nnet.compiler.Journey;
import nnet.compiler.Texts;
import nnet.compiler.model.Model;
import nnet.compiler.source.Source;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EffortTest {

    private static final String XOR = """
            network Xor(bits: [2]) -> [1] {
              bits -> Dense(8, relu) -> Dense(1, sigmoid)
            }

            train Xor {
              data      = csv("xor.csv")
              loss      = binary_cross_entropy
              optimizer = Adam(rate: 0.05)
              epochs    = 400
              batch     = 4
            }
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("xor.csv"), "0,0,0\n0,1,1\n1,0,1\n1,1,0\n");
    }

    private static Model model(String source) {
        Texts texts = new Texts(new Source("some.nnet", source), List.of(), StandardLibrary.sources(), Map.of());
        return new Compiler(Journey.SILENT).check(texts).model().orElseThrow();
    }

    private boolean isSmall(String what, String instead) {
        assertTrue(what.equals(instead) || XOR.contains(what));
        return Effort.isSmall(model(XOR.replace(what, instead)), folder, 1);
    }

    @Test
    void aFewRowsThroughAFewUnitsAreSmall() {
        assertTrue(isSmall("", ""));
    }

    @Test
    void epochsRowsAndUnitsCount() throws IOException {
        assertFalse(isSmall("= 400", "= 100000"));
        assertFalse(isSmall("Dense(8", "Dense(800) -> Dense(800"));
        Files.writeString(folder.resolve("xor.csv"), "0,0,0\n".repeat(10_000));
        assertFalse(isSmall("", ""));
        Files.writeString(folder.resolve("xor.csv"), "0".repeat(1_000_000));
        assertFalse(isSmall("", ""), "whose lines are not counted");
    }

    @Test
    void foldsAreTrainingsEach() {
        Model model = model(XOR);
        assertTrue(Effort.isSmall(model, folder, 2));
        assertFalse(Effort.isSmall(model, folder, 100));
    }

    @Test
    void whatIsNotKnownCountsAsLarge() throws IOException {
        Files.move(folder.resolve("xor.csv"), folder.resolve("xor.csv.gz"));
        assertFalse(isSmall("xor.csv", "xor.csv.gz"), "what is in a compressed file");
        assertFalse(isSmall("csv(\"xor.csv\")", "npy(inputs: \"x.npy\", targets: \"y.npy\")"), "other files than tables");
        assertFalse(isSmall("bits ->", "bits -> Reshape([2, 1]) -> LSTM(8) -> Flatten ->"), "steps of a scan");
    }

    @Test
    void mistakesAreSoonTold() {
        assertTrue(isSmall("xor.csv", "missing.csv"));
        assertTrue(Effort.isSmall(model(XOR.substring(0, XOR.indexOf("train"))), folder, 1));
    }
}
