package nnet.compiler.parse;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import nnet.compiler.source.DiagnosticRenderer;
import nnet.compiler.source.Source;
import nnet.compiler.syntax.SyntaxPrinter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever the text, the parser returns diagnostics: no exception, no hang.
class ParserFuzzTest {

    private static final List<String> PIECES = List.of("network", "layer", "fn", "train", "let", "param", "state", "if", "else", "for",
            "in", "repeat", "scan", "as",
            "with", "require", "emit", "(", ")", "[", "]", "{", "}", "->", "<-", "=>", "=", ":", ",", ";", "..", "...", ".*", ".", "+", "-",
            "*", "^", "@", "==", "not", "and",
            "or", "x", "Dense", "3", "0.5", "\"a\"", "\"", "/*", "*/", "//", "///", "\n", "\n", " ", "\t", "😀", "\u0000", "'", "&",
            "\uD800");

    @Test
    void a_file_with_characters_deleted_doubled_or_exchanged() throws IOException {
        String tour = ParserTest.resource("tour.nnet").text();
        Random random = new Random(1);
        for (int round = 0; round < 400; round++) {
            StringBuilder text = new StringBuilder(tour);
            for (int change = random.nextInt(1, 8); change > 0; change--) {
                int at = random.nextInt(text.length() - 20);
                switch (random.nextInt(3)) {
                    case 0 -> text.delete(at, at + random.nextInt(1, 12));
                    case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                    default -> text.insert(at, text.substring(at, at + random.nextInt(1, 20)));
                }
            }
            survives(text.toString());
        }
    }

    @Test
    void words_and_signs_in_any_order() {
        Random random = new Random(2);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder("fn f(x) {");
            for (int piece = random.nextInt(60); piece > 0; piece--) {
                text.append(PIECES.get(random.nextInt(PIECES.size()))).append(random.nextBoolean() ? " " : "");
            }
            survives(text.toString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "{", "-", "not ", "x => ", "f(x -> ", "if x { ", "if x { } else ", "x ^ ", "x + ", "x -> ", "x(",
        "x.", "a and ", "\n}", ")", "repeat("})
    void something_twenty_thousand_times(String piece) {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> survives("fn f(x) = " + piece.repeat(20_000) + "x"));
    }

    private static void survives(String text) {
        Parsed parsed = Parser.parse(new Source("fuzz.nnet", text));
        DiagnosticRenderer.plain().render(parsed.diagnostics().stream().limit(20).toList());
        if (!parsed.hasErrors()) {
            SyntaxPrinter.print(parsed.file());
        }
    }
}
