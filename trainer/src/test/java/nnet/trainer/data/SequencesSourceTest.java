package nnet.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import nnet.trainer.data.file.Hostile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequencesSourceTest {

    private static final Port MOVES = Port.real("moves", 3, 2);
    private static final Port TIME = Port.whole("time");
    private static final Port ROOM = Port.category("room", 2);

    private static final String WALKS = """
            walk,x,y,room
            a,1,2,other
            a,3,4,other
            b,5,6,same
            c,7,8,other
            c,9,10,other
            c,11,12,other
            """;

    @TempDir
    Path folder;

    private Path walks(String text) throws IOException {
        return Files.writeString(folder.resolve("walks.csv"), text);
    }

    private static SequencesSource source(Path path, boolean isCut, Optional<Normalizer.Kind> normalization) {
        return new SequencesSource(path, CsvOptions.STANDARD, "walk", List.of(), "room", isCut, normalization);
    }

    private static Dataset whole(SequencesSource source, Port... inputs) {
        Material material = source.open(List.of(inputs), List.of(ROOM), Encoding.NONE);
        Rows all = Rows.all(material.rows());
        return material.part(all, material.learn(all, Encoding.NONE));
    }

    private String refusal(String text, Port... inputs) throws IOException {
        SequencesSource source = source(walks(text), false, Optional.empty());
        return assertThrows(DataException.class, () -> whole(source, inputs)).getMessage().replace(folder + "/", "");
    }

    @Test
    void rowsOfOneNameAreOneExampleWithZerosBehind() throws IOException {
        Dataset data = whole(source(walks(WALKS), false, Optional.empty()), MOVES, TIME);
        assertArrayEquals(new float[]{1, 2, 3, 4, 0, 0, 5, 6, 0, 0, 0, 0, 7, 8, 9, 10, 11, 12}, data.input(0).reals());
        assertArrayEquals(new int[]{2, 1, 3}, data.input(1).integers());
        assertArrayEquals(new int[]{0, 1, 0}, data.target(0).integers());
    }

    @Test
    void aSecondInputMayBeAMask() throws IOException {
        Dataset data = whole(source(walks(WALKS), false, Optional.empty()), MOVES, Port.whole("here", 3));
        assertArrayEquals(new int[]{1, 1, 0, 1, 0, 0, 1, 1, 1}, data.input(1).integers());
    }

    @Test
    void statisticsAreThoseOfTheRowsThatAreThere() throws IOException {
        Material material = source(walks(WALKS), false, Optional.of(Normalizer.Kind.MIN_MAX)).open(List.of(MOVES, TIME), List.of(ROOM),
                Encoding.NONE);
        Encoding learnt = material.learn(Rows.of(1, 0), Encoding.NONE);
        assertArrayEquals(new float[]{1, 2}, learnt.normalizers().get("moves").shift());
        assertArrayEquals(new float[]{0, 0, 0.5f, 0.5f, 0, 0}, material.part(Rows.of(0), learnt).input(0).reals());
    }

    @Test
    void questionsNeedNoAnswers() throws IOException {
        Path asked = Files.writeString(folder.resolve("asked.csv"), "walk,x,y\nq,1,1\nr,2,2\n");
        DataSource.Questions questions = source(asked, false, Optional.empty()).questions(asked, List.of(MOVES, TIME), List.of(ROOM),
                Encoding.NONE);
        assertEquals(List.of("q", "r"), questions.names());
        assertArrayEquals(new int[]{1, 1}, questions.examples().input(1).integers());
    }

    @Test
    void aSequenceThatIsTooLongIsAMistakeUnlessItMayBeCut() throws IOException {
        Port two = Port.real("moves", 2, 2);
        assertEquals("walks.csv:7: sequence c has more than the 2 rows that `moves` takes", refusal(WALKS, two, TIME));
        Dataset data = whole(source(walks(WALKS), true, Optional.empty()), two, TIME);
        assertArrayEquals(new float[]{1, 2, 3, 4, 5, 6, 0, 0, 7, 8, 9, 10}, data.input(0).reals());
        assertArrayEquals(new int[]{2, 1, 2}, data.input(1).integers());
    }

    @Test
    void mistakesAreToldWithTheirLine() throws IOException {
        assertEquals("walks.csv:8: sequence a goes on after another one", refusal(WALKS + "a,1,2,other\n", MOVES, TIME));
        assertEquals("walks.csv:3: \"room\" holds \"same\", but \"other\" in the first row of sequence a",
                refusal(WALKS.replace("a,3,4,other", "a,3,4,same"), MOVES, TIME));
        assertEquals("walks.csv:4: \"y\" holds \"?\", which is not a number", refusal(WALKS.replace("b,5,6", "b,5,?"), MOVES, TIME));
        assertEquals("walks.csv: gives sequences of 2 columns, but the network takes [3, 4]", refusal(WALKS, Port.real("moves", 3, 4)));
    }

    @Test
    void damagedFilesAreRefused() throws IOException {
        Hostile.check(walks(WALKS), file -> whole(source(file, true, Optional.empty()), MOVES, TIME));
    }
}
