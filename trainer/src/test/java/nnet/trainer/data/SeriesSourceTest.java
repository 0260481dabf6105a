package nnet.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeriesSourceTest {

    private static final Port PAST = Port.real("past", 3);
    private static final Port NEXT = Port.real("target", 1);

    @TempDir
    Path folder;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("s.csv"), "month,rain,sun\n1,10,1\n2,20,2\n3,30,3\n4,40,4\n5,50,5\n6,60,6\n7,70,7\n");
    }

    private SeriesSource source(List<String> columns, OptionalInt horizon, Optional<Normalizer.Kind> way) {
        return new SeriesSource(file, CsvOptions.STANDARD, columns, Optional.empty(), horizon, OptionalInt.of(2), way);
    }

    private Dataset part(SeriesSource source, Port past, Port next, Rows rows) {
        Material material = source.open(List.of(past), List.of(next), Encoding.NONE);
        return material.part(rows, material.learn(new Rows.Range(0, 5), Encoding.NONE));
    }

    @Test
    void aWindowIsFollowedByWhatIsToBeForecast() {
        Dataset data = part(source(List.of("rain"), OptionalInt.empty(), Optional.empty()), PAST, NEXT, Rows.all(7));
        assertArrayEquals(new float[]{10, 20, 30, 20, 30, 40, 30, 40, 50, 40, 50, 60}, data.input(0).reals());
        assertArrayEquals(new float[]{40, 50, 60, 70}, data.target(0).reals());
    }

    @Test
    void severalColumnsAndSeveralValuesAhead() {
        Dataset data = part(source(List.of("sun", "rain"), OptionalInt.of(3), Optional.empty()), Port.real("past", 2, 2),
                Port.real("target", 2),
                Rows.all(7));
        assertEquals(3, data.rows());
        assertArrayEquals(new float[]{1, 10, 2, 20}, data.select(Rows.of(0)).input(0).reals());
        assertArrayEquals(new float[]{4, 5}, data.select(Rows.of(0)).target(0).reals());
    }

    @Test
    void theTestForecastsItsOwnRowsFromWindowsThatReachBack() {
        Dataset test = part(source(List.of("rain"), OptionalInt.empty(), Optional.empty()), PAST, NEXT, new Rows.Range(5, 7));
        assertArrayEquals(new float[]{60, 70}, test.target(0).reals());
        assertArrayEquals(new float[]{30, 40, 50, 40, 50, 60}, test.input(0).reals());
    }

    @Test
    void statisticsAreThoseOfTheTrainingPart() {
        Dataset data = part(source(List.of("rain"), OptionalInt.empty(), Optional.of(Normalizer.Kind.MIN_MAX)), PAST, NEXT, Rows.all(7));
        assertArrayEquals(new float[]{0, 0.25f, 0.5f}, data.select(Rows.of(0)).input(0).reals());
        assertArrayEquals(new float[]{0.75f, 1, 1.25f, 1.5f}, data.target(0).reals());
        Values.Forecast forecast = assertInstanceOf(Values.Forecast.class, data.values().getLast());
        assertEquals(60, forecast.inUnits(1.25f), 1e-4);
    }

    @Test
    void theForecastsThatAnybodyCouldMake() {
        Dataset data = part(source(List.of("rain"), OptionalInt.of(2), Optional.empty()), PAST, NEXT, Rows.all(7));
        Values.Forecast forecast = assertInstanceOf(Values.Forecast.class, data.values().getLast());
        // Rows 10, 20, 30 are known, 50 comes two rows later; a season of two rows before it was 30.
        assertEquals(50, forecast.truth(0, 0));
        assertEquals(30, forecast.naive(0));
        assertEquals(OptionalDouble.of(30), forecast.seasonal(0, 0));
    }

    @Test
    void predictsAfterEveryWindowEvenTheLast() {
        DataSource.Questions asked = source(List.of("rain"), OptionalInt.empty(), Optional.empty()).questions(file, List.of(PAST),
                List.of(NEXT),
                Encoding.NONE);
        assertEquals(5, asked.examples().rows());
        assertArrayEquals(new float[]{50, 60, 70}, asked.examples().select(Rows.of(4)).input(0).reals());
    }

    @Test
    void whatIsTooShortOrNoNumberIsNamed() throws IOException {
        assertEquals("s.csv: has 2 rows to learn from, fewer than the 4 that one example needs", refusal(PAST, new Rows.Range(0, 2)));
        assertEquals("s.csv: gives windows of 1 column, but the network takes [3, 2]", refusal(Port.real("past", 3, 2), Rows.all(7)));
        Files.writeString(file, "rain\n1\n2\nmany\n4\n");
        assertEquals("s.csv:4: \"rain\" holds \"many\", which is not a number", refusal(PAST, Rows.all(4)));
    }

    private String refusal(Port past, Rows rows) {
        SeriesSource source = source(List.of("rain"), OptionalInt.empty(), Optional.empty());
        return assertThrows(DataException.class, () -> part(source, past, NEXT, rows)).getMessage().replace(folder + "/", "");
    }
}
