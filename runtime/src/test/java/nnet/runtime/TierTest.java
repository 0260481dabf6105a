package nnet.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Runs with the vector module, as all tests of this build do.
class TierTest {

    private static final int INFER = 1;

    @AfterEach
    void clear() {
        System.clearProperty("nnet.vector");
        System.clearProperty("nnet.tiering");
    }

    /// The line, with a scalar form that takes a millisecond longer.
    private static final class Code extends NetworkCode {
        Code() {
            super(Line.MANIFEST);
        }

        @Override
        protected Kernels create(int lanes) {
            Kernels fast = new Line.LineKernels();
            return lanes > 1 ? fast : new Kernels() {
                @Override
                public void run(int program, Workspace workspace) {
                    LockSupport.parkNanos(1_000_000);
                    fast.run(program, workspace);
                }

                @Override
                public void part(int program, int call, Workspace workspace, int worker, int from, int to) {
                    throw new AssertionError();
                }
            };
        }
    }

    private static void predict(Line line) {
        float[] y = new float[1];
        line.predict(new float[]{10}, 1, y);
        assertEquals(23, y[0]);
    }

    private static Line line(NetworkCode code) {
        return Line.create(code, 2L | 3L << 32);
    }

    @Test
    void theFirstRunsAreScalar() {
        Line.Code code = new Line.Code();
        predict(line(code));
        assertEquals("1 ", code.loadedForms.toString());
        assertEquals(1, code.lanes(INFER));
    }

    @Test
    void aProgramThatRunsLongSwitchesToTheFasterForm() {
        NetworkCode code = new Code();
        Line line = line(code);
        long end = System.nanoTime() + 20_000_000_000L;
        while (code.lanes(INFER) == 1 && System.nanoTime() < end) {
            predict(line);
        }
        assertEquals(Vectors.preferred(), code.lanes(INFER));
        assertTrue(Vectors.preferred() > 1, "this test needs the vector module");
        predict(line);
        assertEquals(1, code.lanes(0), "other programs decide for themselves");
    }

    @Test
    void aPropertyForcesAForm() {
        System.setProperty("nnet.vector", "256");
        Line.Code code = new Line.Code();
        predict(line(code));
        assertEquals("8 ", code.loadedForms.toString());
        System.setProperty("nnet.vector", "wide");
        assertThrows(IllegalArgumentException.class, () -> predict(line(new Line.Code())));
    }

    @Test
    void withoutTieringThePreferredFormComesAtOnce() {
        System.setProperty("nnet.tiering", "off");
        Line.Code code = new Line.Code();
        predict(line(code));
        assertEquals(Vectors.preferred() + " ", code.loadedForms.toString());
    }
}
