package nnet.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import nnet.trainer.data.text.Tokens;
import nnet.trainer.data.text.Vocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextSourceTest {

    private static final Port INPUT = Port.category("tokens", 30, 4);
    private static final Port NEXT = Port.category("target", 30, 4);
    private static final Port ONE = Port.category("target", 30);

    @TempDir
    Path folder;

    private TextSource source(String text, Tokens.Unknown unknown, OptionalInt stride) throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), text);
        return new TextSource(file, new Tokens(Tokens.Kind.CHARACTERS, OptionalInt.empty(), unknown), stride, 5);
    }

    private Dataset whole(String text, Port target, OptionalInt stride) throws IOException {
        Material material = source(text, Tokens.Unknown.ERROR, stride).open(List.of(INPUT), List.of(target), Encoding.NONE);
        Rows all = Rows.all(material.rows());
        return material.part(all, material.learn(all, Encoding.NONE));
    }

    private String refusal(String text) {
        return assertThrows(DataException.class, () -> whole(text, NEXT, OptionalInt.empty())).getMessage().replace(folder + "/", "");
    }

    @Test
    void targetsAreOnePlaceFurtherOn() throws IOException {
        Dataset data = whole("abcdefghij", NEXT, OptionalInt.empty());
        assertArrayEquals(new int[]{0, 1, 2, 3, 4, 5, 6, 7}, data.input(0).integers());
        assertArrayEquals(new int[]{1, 2, 3, 4, 5, 6, 7, 8}, data.target(0).integers());
    }

    @Test
    void aNetworkThatAnswersOnceLearnsTheTokenAfterItsInput() throws IOException {
        Dataset data = whole("abcdefg", ONE, OptionalInt.of(1));
        assertArrayEquals(new int[]{0, 1, 2, 3, 1, 2, 3, 4, 2, 3, 4, 5}, data.input(0).integers());
        assertArrayEquals(new int[]{4, 5, 6}, data.target(0).integers());
    }

    @Test
    void anEpochBeginsAtAPlaceOfItsOwn() throws IOException {
        Dataset data = whole("abcdefghijklmnopqrstuvwxyz", NEXT, OptionalInt.empty());
        int[] starts = new int[8];
        for (int epoch = 1; epoch <= 8; epoch++) {
            int[] tokens = data.in(epoch).input(0).integers();
            int[] next = data.in(epoch).target(0).integers();
            starts[epoch - 1] = tokens[0];
            assertArrayEquals(Arrays.copyOfRange(tokens, 1, 4), Arrays.copyOfRange(next, 0, 3));
            assertArrayEquals(tokens, data.in(epoch).input(0).integers());
        }
        assertTrue(Arrays.stream(starts).distinct().count() > 1 && Arrays.stream(starts).allMatch(start -> start < 4));
    }

    @Test
    void theVocabularyIsThatOfTheTrainingPart() throws IOException {
        Material material = source("aaaaabbbbb\nccccc", Tokens.Unknown.ERROR, OptionalInt.empty()).open(List.of(INPUT), List.of(NEXT),
                Encoding.NONE);
        assertTrue(material.isOrdered());
        Encoding encoding = material.learn(new Rows.Range(0, 11), Encoding.NONE);
        assertEquals(3, encoding.vocabularies().get("tokens").size());
        assertEquals(encoding.vocabularies().get("tokens"), encoding.vocabularies().get("target"));
        assertEquals(folder.resolve("a.txt") + ":2: holds `c`, which the training part does not have",
                assertThrows(DataException.class, () -> material.part(new Rows.Range(11, 16), encoding)).getMessage());
    }

    @Test
    void theVocabularyIsKeptWithTheWeights() throws IOException {
        Material material = source("hello world", Tokens.Unknown.REPLACE, OptionalInt.empty()).open(List.of(INPUT), List.of(NEXT),
                Encoding.NONE);
        Encoding encoding = material.learn(Rows.all(11), Encoding.NONE);
        Vocabulary kept = Encoding.of(Path.of("w"), encoding.metadata()).vocabularies().get("tokens");
        assertEquals("hello<unknown>", kept.decode(kept.encode("hello!")));
    }

    @Test
    void whatIsTooShortOrNoTextIsRefused() throws IOException {
        assertEquals("a.txt: is empty", refusal(""));
        assertEquals("a.txt: has 4 tokens, fewer than the 5 that one example needs", refusal("abcd"));
        Files.write(folder.resolve("latin"), "eins\nzw\u00f6lf".getBytes(StandardCharsets.ISO_8859_1));
        TextSource latin = new TextSource(folder.resolve("latin"),
                new Tokens(Tokens.Kind.WORDS, OptionalInt.empty(), Tokens.Unknown.REPLACE),
                OptionalInt.empty(), 0);
        assertEquals(folder.resolve("latin") + ":2: is not text in UTF-8",
                assertThrows(DataException.class, () -> latin.open(List.of(INPUT), List.of(NEXT), Encoding.NONE)).getMessage());
    }

    @Test
    void aPromptIsEncodedAsTheTextWas() throws IOException {
        TextSource source = source("abcdefgh", Tokens.Unknown.ERROR, OptionalInt.empty());
        Material material = source.open(List.of(INPUT), List.of(NEXT), Encoding.NONE);
        Encoding encoding = material.learn(Rows.all(8), Encoding.NONE);
        Path prompt = Files.writeString(folder.resolve("prompt.txt"), "hgfe");
        assertArrayEquals(new int[]{7, 6, 5, 4},
                source.questions(prompt, List.of(INPUT), List.of(), encoding).examples().input(0).integers());
        assertFalse(encoding.vocabularies().isEmpty());
    }
}
