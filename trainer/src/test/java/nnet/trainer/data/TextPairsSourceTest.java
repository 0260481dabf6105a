package nnet.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import nnet.trainer.data.file.Hostile;
import nnet.trainer.data.text.Tokens;
import nnet.trainer.data.text.Vocabulary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextPairsSourceTest {

    private static final Port READ = Port.category("read", 9, 5);
    private static final Port BEFORE = Port.category("before", 7, 4);
    private static final Port TIME = Port.whole("time");
    private static final Port STEPS = Port.whole("steps");
    private static final Port NEXT = Port.category("target", 7, 4).titled("next");

    private static final String PAIRS = """
            id,question,answer
            1,abc,xy
            2,b,y
            """;

    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static TextPairsSource source(Path path, boolean isCut) {
        return new TextPairsSource(path, CsvOptions.STANDARD, "question", "answer",
                new Tokens(Tokens.Kind.CHARACTERS, OptionalInt.empty(), Tokens.Unknown.ERROR), isCut);
    }

    private static Dataset whole(TextPairsSource source, Port... inputs) {
        Material material = source.open(List.of(inputs), List.of(NEXT), Encoding.NONE);
        Rows all = Rows.all(material.rows());
        return material.part(all, material.learn(all, Encoding.NONE));
    }

    private String refusal(String text, Port... inputs) throws IOException {
        TextPairsSource source = source(file("pairs.csv", text), false);
        return assertThrows(DataException.class, () -> whole(source, inputs)).getMessage().replace(folder + "/", "");
    }

    /// Token 1 is the end: what is written begins after it, and what comes next ends with it.
    @Test
    void whatIsWrittenStandsOnePlaceBeforeWhatComesNext() throws IOException {
        Dataset data = whole(source(file("pairs.csv", PAIRS), false), READ, BEFORE, TIME, STEPS);
        assertArrayEquals(new int[]{1, 2, 3, 0, 0, 2, 0, 0, 0, 0}, data.input(0).integers());
        assertArrayEquals(new int[]{1, 2, 3, 0, 1, 3, 0, 0}, data.input(1).integers());
        assertArrayEquals(new int[]{3, 1}, data.input(2).integers());
        assertArrayEquals(new int[]{3, 2}, data.input(3).integers());
        assertArrayEquals(new int[]{2, 3, 1, 0, 3, 1, 0, 0}, data.target(0).integers());
    }

    @Test
    void furtherInputsMayBeMasks() throws IOException {
        Dataset data = whole(source(file("pairs.csv", PAIRS), false), READ, BEFORE, Port.whole("here", 5), Port.whole("there", 4));
        assertArrayEquals(new int[]{1, 1, 1, 0, 0, 1, 0, 0, 0, 0}, data.input(2).integers());
        assertArrayEquals(new int[]{1, 1, 1, 0, 1, 1, 0, 0}, data.input(3).integers());
    }

    @Test
    void eachSideHasAVocabularyLearntFromItsTrainingRows() throws IOException {
        Material material = source(file("pairs.csv", PAIRS), false).open(List.of(READ, BEFORE), List.of(NEXT), Encoding.NONE);
        Encoding learnt = material.learn(Rows.of(0), Encoding.NONE);
        assertEquals("[<padding>, a, b, c]", learnt.vocabularies().get("read").toString());
        assertEquals("[<padding>, <end>, x, y]", learnt.vocabularies().get("before").toString());
        assertEquals(learnt.vocabularies().get("before"), learnt.vocabularies().get("target"));
        assertEquals("xy", learnt.vocabularies().get("target").decode(2, 3, 1, 3, 0));
        assertEquals(learnt, material.learn(Rows.of(1), learnt), "what is known stays");
    }

    /// The beginning and the end take a place each.
    @Test
    void longTextsAreCutOnlyWhereThatIsSaid() throws IOException {
        String longer = PAIRS.replace("2,b,y", "2,abcabc,xyxy");
        assertEquals("pairs.csv:3: has 4 tokens, but `next` takes 3", refusal(longer.replace("abcabc", "a"), READ, BEFORE));
        assertEquals("pairs.csv:3: has 6 tokens, but `read` takes 5", refusal(longer.replace("xyxy", "x"), READ, BEFORE));
        Dataset cut = whole(source(file("pairs.csv", longer), true), READ, BEFORE);
        assertArrayEquals(new int[]{1, 2, 3, 1, 2}, cut.select(Rows.of(1)).input(0).integers());
        assertArrayEquals(new int[]{2, 3, 2, 1}, cut.select(Rows.of(1)).target(0).integers());
    }

    @Test
    void questionsAreTablesOrLinesAndNothingOfTheirAnswersIsWritten() throws IOException {
        TextPairsSource source = source(file("pairs.csv", PAIRS), false);
        Material material = source.open(List.of(READ, BEFORE, TIME, STEPS), List.of(NEXT), Encoding.NONE);
        Encoding known = material.learn(Rows.all(2), Encoding.NONE);
        for (Path asked : List.of(file("asked.csv", "question\nca\nb\n"), file("asked.tsv", "answer\tquestion\nxy\tca\ny\tb\n"),
                file("asked.txt", "ca\n\nb\n"))) {
            DataSource.Questions questions = source.questions(asked, List.of(READ, BEFORE, TIME, STEPS), List.of(NEXT), known);
            assertArrayEquals(new int[]{3, 1, 0, 0, 0, 2, 0, 0, 0, 0}, questions.examples().input(0).integers(), asked.toString());
            assertArrayEquals(new int[]{1, 0, 0, 0, 1, 0, 0, 0}, questions.examples().input(1).integers());
            assertArrayEquals(new int[]{1, 1}, questions.examples().input(3).integers());
            assertEquals(OptionalInt.of(known.vocabularies().get("before").find(Vocabulary.END)), questions.end());
        }
    }

    @Test
    void theNetworkMustReadOneAndWriteTheOther() throws IOException {
        String refusal = refusal(PAIRS, READ, Port.category("before", 8, 4));
        assertTrue(refusal.startsWith("pairs.csv: gives pairs of texts, but the network takes category(9)[5], category(8)[4] and learns"),
                refusal);
        for (Port[] inputs : List.of(new Port[]{READ}, new Port[]{READ, BEFORE, TIME}, new Port[]{TIME, BEFORE},
                new Port[]{READ, BEFORE, TIME, Port.whole("mask", 5)})) {
            assertTrue(refusal(PAIRS, inputs).contains("gives pairs of texts"));
        }
        assertEquals(Optional.of("train the network on pairs of texts"), assertThrows(DataException.class,
                () -> source(file("pairs.csv", PAIRS), false).questions(file("asked.txt", "a"), List.of(READ, BEFORE), List.of(NEXT),
                        Encoding.NONE))
                .hint());
    }

    @Test
    void damagedFilesAreRefused() throws IOException {
        Hostile.check(file("pairs.csv", PAIRS), file -> whole(source(file, true), READ, BEFORE, TIME, STEPS));
    }
}
