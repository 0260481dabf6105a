package nnet.trainer.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NormalizerTest {

    private static Dataset data(Port port, float... numbers) {
        return Dataset.of(List.of(new Values.Numbers(port, numbers)), List.of(), numbers.length / port.size());
    }

    private static float[] normalized(Dataset data, Normalizer.Kind kind, Rows fittedTo) {
        Encoding encoding = Encoding.NONE.withNormalizers(data.select(fittedTo), Optional.of(kind));
        return encoding.normalize(data).input(0).reals();
    }

    @Test
    void everyColumnGetsMeanZeroAndDeviationOne() {
        Dataset data = data(Port.real("x", 2), 1, 5, 3, 5);
        assertArrayEquals(new float[]{-1, 0, 1, 0}, normalized(data, Normalizer.Kind.STANDARDIZED, Rows.all(2)));
    }

    @Test
    void theLeastBecomesZeroAndTheGreatestOne() {
        assertArrayEquals(new float[]{0, 0.5f, 1}, normalized(data(Port.real("x"), 2, 4, 6), Normalizer.Kind.MIN_MAX, Rows.all(3)));
    }

    @Test
    void statisticsAreThoseOfTheGivenRowsAlone() {
        assertArrayEquals(new float[]{0, 1, 2}, normalized(data(Port.real("x"), 2, 4, 6), Normalizer.Kind.MIN_MAX, Rows.of(0, 1)));
    }

    @Test
    void anImageHasOnePairOfStatisticsForEachChannel() {
        Dataset data = data(Port.real("image", 2, 1, 2), 0, 4, 10, 10, 2, 2, 10, 10);
        Encoding encoding = Encoding.NONE.withNormalizers(data, Optional.of(Normalizer.Kind.MIN_MAX));
        assertArrayEquals(new float[]{0, 10}, encoding.normalizers().get("image").shift());
        assertArrayEquals(new float[]{0, 1, 0, 0, 0.5f, 0.5f, 0, 0}, encoding.normalize(data).input(0).reals());
    }

    @Test
    void whatIsKnownIsNotFittedAgain() {
        Encoding known = new Encoding(Map.of(), Map.of("x", new Normalizer(new float[]{1}, new float[]{2})), Map.of());
        assertEquals(known, known.withNormalizers(data(Port.real("x"), 5, 6), Optional.of(Normalizer.Kind.MIN_MAX)));
    }
}
