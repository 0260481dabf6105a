package nnet.tests.endtoend;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import nnet.tests.place.Workplace;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A newcomer's mistakes each get one good message and exit code 1 or 2, never a stack trace.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MistakesTest {
    private static final String XOR = """
            package mistakes

            network Xor(bits: [2]) -> [1] {
              bits -> Dense(8, relu) -> Dense(1, sigmoid)
            }

            train Xor {
              data      = csv("xor.csv")
              loss      = binary_cross_entropy
              optimizer = Adam(rate: 0.05)
              epochs    = 2
              batch     = 4
            }
            """;

    private Workplace workplace;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        workplace = Workplace.create(folder.resolve("clone"));
        workplace.write("xor.csv", "a,b,y\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n");
    }

    @Test
    void aMisspeltLayer() throws Exception {
        workplace.write("xor.nnet", XOR.replace("Dense(8", "Dens(8"));
        isSaid("./nnc check xor.nnet", "Dens", "Did you mean", "xor.nnet:4");
    }

    @Test
    void aWrongShape() throws Exception {
        workplace.write("xor.nnet", XOR.replace("-> [1]", "-> [3]"));
        isSaid("./nnc check xor.nnet", "[3]", "[1]", "xor.nnet:");
    }

    @Test
    void aSyntaxError() throws Exception {
        workplace.write("xor.nnet", XOR.replace("-> Dense(1", "-> -> Dense(1"));
        isSaid("./nnc check xor.nnet", "xor.nnet:4");
    }

    @Test
    void aMissingFile() throws Exception {
        isSaid("./nnc train nowhere.nnet", "nowhere.nnet");
    }

    @Test
    void aMissingDataFile() throws Exception {
        workplace.write("xor.nnet", XOR.replace("xor.csv", "absent.csv"));
        isSaid("./nnc train xor.nnet -o out", "absent.csv");
    }

    @Test
    void aMissingColumn() throws Exception {
        workplace.write("xor.nnet", XOR.replace("xor.csv", "narrow.csv"));
        workplace.write("narrow.csv", "a,b\n0,0\n0,1\n");
        isSaid("./nnc train xor.nnet -o out", "narrow.csv", "column");
    }

    @Test
    void textInANumberColumn() throws Exception {
        workplace.write("xor.nnet", XOR.replace("xor.csv", "text.csv"));
        workplace.write("text.csv", "a,b,y\n0,0,0\n0,many,1\n");
        isSaid("./nnc train xor.nnet -o out", "text.csv", "many");
    }

    @Test
    void anUnknownOption() throws Exception {
        isSaid("./nnc train samples/xor/xor.nnet --treads 2", "--treads");
    }

    @Test
    void anUnknownCommand() throws Exception {
        isSaid("./nnc tarin samples/xor/xor.nnet", "tarin", "train");
    }

    @Test
    void weightsOfAnotherNetwork() throws Exception {
        var trained = workplace.run("./nnc train samples/linear/linear.nnet -o other");
        assertTrue(trained.status() == 0, trained.output());
        isSaid("./nnc eval samples/xor/xor.nnet --weights other/Linear.safetensors", "Linear.safetensors");
    }

    private void isSaid(String command, String... words) throws IOException, InterruptedException {
        var outcome = workplace.run(command);
        String all = "$ " + command + "\n" + outcome.output() + "exit code " + outcome.status();
        assertTrue(outcome.status() == 1 || outcome.status() == 2, all);
        for (String word : words) {
            assertTrue(outcome.output().contains(word), () -> "'" + word + "' is missing in\n" + all);
        }
        assertFalse(outcome.output().contains("\tat ") || outcome.output().contains("Exception"), all);
    }
}
