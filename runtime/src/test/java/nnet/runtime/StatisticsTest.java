package nnet.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {

    private static final float MISSING = Float.NaN;

    /// Fits a record of one field and gives shift, scale and missing.
    private static float[] fit(String encoding, float... column) {
        Manifest manifest = Manifest.parse("nnet\t1\ninput\trow\tf32\t0\t1\nfield\tx\treal\t0\t" + encoding
                + "\nstate\trow.shift\t0\t1\nstate\trow.scale\t1\t1\nstate\trow.missing\t2\t1\n");
        float[] states = {-7, -7, -7};
        Statistics.fit(manifest, manifest.inputs().get(0), column, column.length, states);
        return states;
    }

    @Test
    void standardizedIsMeanAndDeviation() {
        assertArrayEquals(new float[]{3, 0.5f, -7}, fit("standardized", 1, 5, 1, 5));
    }

    @Test
    void minMaxIsFromZeroToOne() {
        assertArrayEquals(new float[]{-2, 0.25f, -7}, fit("min_max", 1, 2, -2, 0));
    }

    @Test
    void logarithmsAreTakenBeforeTheScaling() {
        float[] logs = {(float) Math.log(2), (float) -Math.log(5)};
        assertArrayEquals(new float[]{logs[1], 1 / (logs[0] - logs[1]), -7}, fit("log,min_max", 1, -4), 1e-6f);
    }

    @Test
    void missingValuesAreLeftOut() {
        assertArrayEquals(new float[]{3, 0.5f, 3}, fit("standardized,missing_mean", 1, MISSING, 5, MISSING));
        assertArrayEquals(new float[]{0, 0, 0}, fit("standardized,missing_mean", MISSING, MISSING), "nothing is known");
    }

    @Test
    void whatNeverChangesBecomesZero() {
        assertArrayEquals(new float[]{4, 0, -7}, fit("standardized", 4, 4, 4));
    }

    @Test
    void eachFieldHasItsOwn() {
        Manifest manifest = Manifest.parse("nnet\t1\ninput\trow\tf32\t0\t2\nfield\ta\treal\t0\tmin_max\nfield\tb\treal\t0\t-\n"
                + "state\trow.shift\t1\t2\nstate\trow.scale\t3\t2\n");
        float[] states = new float[5];
        Statistics.fit(manifest, manifest.inputs().get(0), new float[]{1, 10, 3, 20}, 2, states);
        assertArrayEquals(new float[]{0, 1, 0, 0.5f, 0}, states);
        assertArrayEquals(new Object[]{"a", "b"},
                List.copyOf(manifest.inputs().get(0).fields()).stream().map(Manifest.Field::name).toArray(),
                () -> Arrays.toString(states));
    }
}
