package nnet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `nnc generate` with a network that learns which letter follows which.
class GenerateTest {

    private static final String LETTERS = """
            network Letters(tokens: category(4)[8]) -> next: category(4)[8] {
              tokens -> Embedding(8) -> Dense(4, softmax)
            }

            train Letters {
              data      = text("letters.txt", tokens: characters)
              loss      = cross_entropy
              optimizer = Adam(rate: 0.05)
              epochs    = 30
              batch     = 8
            }
            """;

    @TempDir
    Path folder;
    private String out;
    private String err;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("letters.nnet"), LETTERS);
        Files.writeString(folder.resolve("letters.txt"), "abcä".repeat(200));
        assertEquals(0, nnc("train", folder.resolve("letters.nnet").toString(), "-o", folder.resolve("out").toString()), () -> err);
    }

    private int nnc(String... arguments) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ByteArrayOutputStream complained = new ByteArrayOutputStream();
        int code = Nnc.run(new Terminal(new PrintStream(said, true, StandardCharsets.UTF_8),
                new PrintStream(complained, true, StandardCharsets.UTF_8), false, false), arguments);
        out = said.toString(StandardCharsets.UTF_8);
        err = complained.toString(StandardCharsets.UTF_8);
        return code;
    }

    private int generate(String... more) {
        String[] arguments = new String[4 + more.length];
        System.arraycopy(new String[]{"generate", folder.resolve("letters.nnet").toString(), "--weights",
            folder.resolve("out/Letters.safetensors").toString()}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return nnc(arguments);
    }

    @Test
    void goesOnFromThePromptBeyondWhatTheNetworkSees() {
        assertEquals(0, generate("--prompt", "bc", "--length", "12", "--temperature", "0"), () -> err);
        assertEquals("bcäabcäabcäabc\n", out.replace("\r", ""));
    }

    @Test
    void aPromptMayBeLongerThanWhatTheNetworkSees() {
        assertEquals(0, generate("--prompt", "abcäabcäabcäab", "--length", "3", "--temperature", "0"), () -> err);
        assertEquals("abcäabcäabcäabcäa\n", out.replace("\r", ""));
    }

    /// The network has room for more letters than the text has; at such a temperature it says all of them.
    @Test
    void nothingIsDrawnThatIsNoToken() throws IOException {
        Files.writeString(folder.resolve("letters.nnet"), LETTERS.replace("category(4)", "category(9)").replace("Dense(4", "Dense(9"));
        assertEquals(0, nnc("train", folder.resolve("letters.nnet").toString(), "-o", folder.resolve("out").toString()), () -> err);
        assertEquals(0, generate("--prompt", "a", "--length", "100", "--temperature", "100"), () -> err);
        assertTrue(out.strip().matches("[abcä]{101}"), out);
    }

    @Test
    void theSeedDecides() {
        String[] hot = {"--prompt", "a", "--length", "200", "--temperature", "20", "--seed", "5"};
        assertEquals(0, generate(hot), () -> err);
        String once = out;
        assertEquals(0, generate(hot), () -> err);
        assertEquals(once, out);
        hot[7] = "6";
        assertEquals(0, generate(hot), () -> err);
        assertNotEquals(once, out);
    }

    @Test
    void mistakesAreNamed() {
        assertEquals(2, generate("--prompt", "ax"));
        assertTrue(err.contains("`x`"), err);
        assertEquals(2, generate("--prompt", "a", "--top-p", "0"));
        assertTrue(err.contains("top-p"), err);
        assertEquals(2, generate("--prompt", ""));
        assertTrue(err.contains("0 tokens"), err);
        assertEquals(2, generate("--prompt", "a\nb"));
        assertTrue(err.contains("`\\n`"), err);
        assertEquals(2, generate());
        assertTrue(err.contains("--prompt"), err);
        assertEquals(2, generate("--prompt", "a", "--length", "-1"));
        assertTrue(err.contains("--length"), err);
    }
}
