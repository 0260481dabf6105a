package nnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NncTest {

    private static final String XOR = """
            network Xor(bits: [2]) -> [1] {
              bits -> Dense(4, tanh) -> Dense(1, sigmoid)
            }

            train Xor {
              data      = csv("xor.csv")
              loss      = binary_cross_entropy
              optimizer = Adam(rate: 0.1)
              epochs    = 150
              batch     = 4
              metrics   = [binary_accuracy]
              seed      = 1
            }
            """;

    @TempDir
    Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("xor.nnet"), XOR);
        Files.writeString(folder.resolve("xor.csv"), "0,0,0\n0,1,1\n1,0,1\n1,1,0\n");
    }

    private int nnc(boolean interactive, String... arguments) {
        out.reset();
        err.reset();
        Terminal terminal = new Terminal(new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), interactive, false);
        String[] all = arguments.clone();
        for (int i = 0; i < all.length; i++) {
            all[i] = all[i].replace("DIR", folder.toString());
        }
        return Nnc.run(terminal, all);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    }

    private void assertSaid(String... words) {
        for (String word : words) {
            assertTrue(said().contains(word), () -> "`" + word + "` is missing in\n" + said());
        }
        assertFalse(said().contains("\tat "), said());
    }

    @Test
    void trains_evaluates_and_predicts() throws IOException {
        assertEquals(0, nnc(false, "train", "DIR/xor.nnet", "-o", "DIR/out", "--threads", "1"), this::said);
        assertSaid("150 epochs", "binary_accuracy", "predicted", "wrote");
        assertTrue(Files.exists(folder.resolve("out/Xor.safetensors")) && Files.exists(folder.resolve("out/run.json")));
        assertEquals(0, nnc(false, "eval", "DIR/xor.nnet", "--weights", "DIR/out/Xor.safetensors"), this::said);
        assertSaid("train", "1.000");
        assertEquals(0, nnc(false, "predict", "DIR/xor.nnet", "DIR/xor.csv", "--weights", "DIR/out/Xor.safetensors", "-o", "DIR/out/p.csv"),
                this::said);
        List<String> lines = Files.readAllLines(folder.resolve("out/p.csv"));
        assertEquals(5, lines.size());
        assertTrue(lines.stream().skip(1).anyMatch(line -> line.length() > "0.1234".length()), "not rounded: " + lines);
    }

    @Test
    void a_log_holds_no_control_codes_and_few_lines() {
        nnc(false, "train", "DIR/xor.nnet", "-o", "DIR/out");
        assertTrue(said().chars().noneMatch(c -> c == '\r' || c == 0x1B), this::said);
        long epochs = said().lines().filter(line -> line.startsWith("epoch ")).count();
        assertTrue(epochs > 5 && epochs <= 20, this::said);
    }

    @Test
    void shows_dumps_checks_and_compiles() {
        assertEquals(0, nnc(false, "check", "DIR/xor.nnet", "--time-passes"), this::said);
        assertSaid("17 parameters", "parse", "ms");
        assertEquals(0, nnc(false, "show", "DIR/xor.nnet"), this::said);
        assertSaid("Dense(4, tanh)", "12 multiply-adds", "gradient", "kernels");
        assertFalse(said().contains(" 0 bytes"), () -> "what needs no memory says nothing about it:\n" + said());
        assertEquals(0, nnc(false, "dump", "DIR/xor.nnet", "--after", "batch", "--program", "infer"), this::said);
        assertSaid("graph infer", "contraction");
        assertEquals(0, nnc(false, "dump", "DIR/xor.nnet", "--java", "--program", "infer"), this::said);
        assertSaid("class Kernels");
        assertEquals(0, nnc(false, "compile", "DIR/xor.nnet", "-d", "DIR/classes"), this::said);
        assertTrue(Files.exists(folder.resolve("classes/Xor.class")));
    }

    @Test
    void shows_equal_layers_once_and_what_their_arguments_are() throws IOException {
        Files.writeString(folder.resolve("deep.nnet"), """
                layer Block2(units: int, steep: bool = false)(x: [n]) = x -> Dense(2 * units, activation: if steep { relu } else { tanh }, bias: steep)
                network Deep(x: [8]) -> [8] { x -> repeat(3) { -> Block2(4) } }
                """);
        assertEquals(0, nnc(false, "show", "DIR/deep.nnet"), this::said);
        assertSaid("block2_1 ... block2_3  3 x Block2(4)", "  dense1               Dense(8, activation: tanh, bias: false)");
    }

    /// In a prediction, batch normalisation and activation are part of the kernel of the convolution before them.
    @Test
    void a_normalised_convolution_is_one_kernel_of_a_prediction() throws IOException {
        Files.writeString(folder.resolve("norm.nnet"), """
                network Norm(x: [3, 16, 16]) -> [8, 16, 16] {
                  x -> ConvNorm(8, kernel: 3, activation: relu) -> ConvNorm(8, kernel: 3, activation: relu)
                }
                """);
        assertEquals(0, nnc(false, "show", "DIR/norm.nnet"), this::said);
        assertTrue(said().lines().anyMatch(line -> line.matches("infer +2 .*")), this::said);
    }

    @Test
    void few_rows_are_shown_in_the_words_of_the_data() throws IOException {
        Files.writeString(folder.resolve("mood.nnet"), """
                enum Mood { good = "yes" or "very", bad = "no" }
                record Day { rain: real missing("?", mean); sky: category(2); like: Mood }
                network Days(day: Day) -> mood: Mood { day -> Dense(2, softmax) }
                train Days { data = csv("days.csv"); loss = cross_entropy; optimizer = Adam; epochs = 1 }
                """);
        Files.writeString(folder.resolve("days.csv"), "rain,sky,like,mood\n1.5,0,very,no\n?,1,no,yes\n");
        assertEquals(0, nnc(false, "train", "DIR/mood.nnet", "-o", "DIR/out"), this::said);
        String table = said().lines().filter(line -> line.matches("(rain|1.5|\\?) .*")).sorted(Comparator.reverseOrder())
                .map(line -> line.replaceAll(" +", " ").replaceAll("( good| bad) .*", "$1")).collect(Collectors.joining("\n"));
        assertEquals("rain sky like target predicted\n? 1 no good\n1.5 0 yes bad", table);
    }

    @Test
    void of_several_networks_in_a_file_one_is_named_where_one_is_needed() throws IOException {
        Files.writeString(folder.resolve("xor.nnet"), XOR + "network And(bits: [2]) -> [1] { bits -> Dense(1, sigmoid) }\n");
        assertEquals(0, nnc(false, "check", "DIR/xor.nnet"), this::said);
        assertSaid("Xor is right, 17 parameters", "And is right, 3 parameters");
        assertEquals(0, nnc(false, "check", "DIR/xor.nnet", "--network", "And"), this::said);
        assertFalse(said().contains("Xor is"), this::said);
        assertEquals(0, nnc(false, "show", "DIR/xor.nnet"), this::said);
        assertSaid("network Xor(bits: f32[2])", "network And(bits: f32[2])");
        assertEquals(0, nnc(false, "compile", "DIR/xor.nnet", "-d", "DIR/classes"), this::said);
        assertTrue(Files.exists(folder.resolve("classes/Xor.class")) && Files.exists(folder.resolve("classes/And.class")));
        assertEquals(0, nnc(false, "train", "DIR/xor.nnet", "-o", "DIR/out"), this::said);
        assertEquals(0, nnc(false, "eval", "DIR/xor.nnet", "-w", "DIR/out/Xor.safetensors"), this::said);
        Files.writeString(folder.resolve("xor.nnet"), XOR.substring(XOR.indexOf("train")).replace("Xor", "And"), StandardOpenOption.APPEND);
        assertEquals(1, nnc(false, "train", "DIR/xor.nnet", "-o", "DIR/out"), this::said);
        assertSaid("the file declares several networks: Xor, And", "--network Xor");
        assertEquals(1, nnc(false, "train", "DIR/xor.nnet", "-o", "DIR/out", "--network", "Xr"), this::said);
        assertSaid("the file has no network `Xr`", "Did you mean `Xor`?");
        assertEquals(0, nnc(false, "train", "DIR/xor.nnet", "-o", "DIR/out", "--network", "Xor"), this::said);
        assertEquals(0, nnc(false, "eval", "DIR/xor.nnet", "-w", "DIR/out/Xor.safetensors", "--network", "Xor"), this::said);
    }

    @Test
    void a_mistake_that_several_networks_share_is_told_once() throws IOException {
        Files.writeString(folder.resolve("xor.nnet"),
                XOR + "network And(bits: [2]) -> [1] { bits -> Dens(1) }\nconst a = 1\nconst a = 2\n");
        assertEquals(1, nnc(false, "check", "DIR/xor.nnet"));
        assertSaid("Did you mean `Dense`?", "the name `a` is there twice", "2 errors");
    }

    @Test
    void settings_can_be_replaced() {
        assertEquals(0, nnc(false, "train", "DIR/xor.nnet", "-o", "DIR/out", "--set", "epochs=3"), this::said);
        assertSaid("epoch 3/3");
        assertEquals(1, nnc(false, "train", "DIR/xor.nnet", "-o", "DIR/out", "--set", "epoch=3"), this::said);
        assertSaid("epoch", "`epochs`");
    }

    @Test
    void data_that_leave_nothing_to_score_or_to_train_on_are_refused_before_training() throws IOException {
        assertEquals(1, nnc(false, "train", "DIR/xor.nnet", "-o", "DIR/out", "--set", "split=(validation: 0.1)"), this::said);
        assertSaid("of 4 rows, a share of 0.1 for the validation comes to no row", "validation: 0.1");
        Files.writeString(folder.resolve("xor.csv"), "a,b,target\n");
        assertEquals(1, nnc(false, "train", "DIR/xor.nnet", "-o", "DIR/out"), this::said);
        assertSaid("xor.csv: holds a header and no rows");
        assertFalse(Files.exists(folder.resolve("out")));
    }

    @Test
    void a_mistake_in_a_source_is_code_1() throws IOException {
        Files.writeString(folder.resolve("xor.nnet"), XOR.replace("Dense(4", "Dens(4"));
        assertEquals(1, nnc(false, "check", "DIR/xor.nnet"));
        assertSaid("xor.nnet:2:", "Did you mean `Dense`?");
    }

    @Test
    void a_mistake_on_the_command_line_is_code_2() {
        assertEquals(2, nnc(false, "tarin", "DIR/xor.nnet"));
        assertSaid("tarin", "Did you mean `train`?");
        assertEquals(2, nnc(false, "train", "DIR/xor.nnet", "--treads", "2"));
        assertSaid("--treads");
        assertEquals(2, nnc(false, "train"));
        assertSaid("FILE");
    }

    @Test
    void a_file_that_is_not_there_is_code_1() {
        assertEquals(1, nnc(false, "check", "DIR/absent.nnet"));
        assertSaid("absent.nnet: there is no such file");
        assertEquals(1, nnc(false, "eval", "DIR/xor.nnet", "--weights", "DIR/absent.safetensors"));
        assertSaid("absent.safetensors: there is no such file");
        assertEquals(2, nnc(false, "dump", "DIR/xor.nnet", "--after", "bacth"));
        assertSaid("Did you mean `batch`?");
    }

    @Test
    void a_terminal_shows_one_line_that_grows() {
        nnc(true, "train", "DIR/xor.nnet", "-o", "DIR/out", "--set", "epochs=60000");
        assertSaid("\r\u001B[2K", "epoch ", " left");
    }
}
