package nnet.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SplitTest {

    private static IntStream numbers(Rows rows) {
        return IntStream.range(0, rows.count()).map(rows::at);
    }

    private static Split.Parts drawn(double validation, double test) {
        return new Split.Parts(validation, test, true);
    }

    @Test
    void everyRowIsInOnePart() {
        Split split = Split.of(150, drawn(0.1, 0.2), 7);
        assertEquals(105, split.train().count());
        assertEquals(15, split.validation().count());
        assertEquals(30, split.test().count());
        assertArrayEquals(IntStream.range(0, 150).toArray(),
                Stream.of(split.train(), split.validation(), split.test()).flatMapToInt(SplitTest::numbers).sorted().toArray());
    }

    @Test
    void aPartIsAShareOrANumberOfRows() {
        assertEquals(2000, Split.of(10_000, drawn(0, 2000), 1).test().count());
        assertArrayEquals(numbers(Split.of(50, drawn(0, 0.2), 1).test()).toArray(),
                numbers(Split.of(50, drawn(0, 10), 1).test()).toArray());
    }

    @Test
    void rowsThatAreNotDrawnStayInOrderAndTheLastOnesAreTheTest() {
        Split split = Split.of(10, new Split.Parts(2, 3, false), 7);
        assertEquals(new Rows.Range(0, 5), split.train());
        assertEquals(new Rows.Range(5, 7), split.validation());
        assertEquals(new Rows.Range(7, 10), split.test());
    }

    @Test
    void somethingMustBeLeftToTrainOn() {
        assertThrows(IllegalArgumentException.class, () -> Split.of(10, drawn(0.6, 0.4), 7));
        assertThrows(IllegalArgumentException.class, () -> Split.of(10, drawn(3, 2_000_000_000), 7));
    }

    @Test
    void aShareMustComeToARow() {
        assertEquals(1, Split.of(5, drawn(0.1, 0), 7).validation().count());
        assertEquals("of 4 rows, a share of 0.1 for the validation comes to no row",
                assertThrows(IllegalArgumentException.class, () -> Split.of(4, drawn(0.1, 0), 7)).getMessage());
        assertEquals("of 4 rows, a share of 0.01 for the test comes to no row",
                assertThrows(IllegalArgumentException.class, () -> Split.of(4, drawn(0, 0.01), 7)).getMessage());
    }

    @Test
    void everyRowIsValidatedOnInExactlyOneFold() {
        List<Split> folds = Split.folds(11, 3, 1);
        assertArrayEquals(IntStream.range(0, 11).toArray(),
                folds.stream().flatMapToInt(split -> numbers(split.validation())).sorted().toArray());
        folds.forEach(split -> assertEquals(11, split.train().count() + split.validation().count()));
    }
}
