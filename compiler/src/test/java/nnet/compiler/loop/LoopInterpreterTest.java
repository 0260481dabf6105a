package nnet.compiler.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The loop interpreter")
class LoopInterpreterTest {

    /// Runs `body` once over `x` (f32) and `n` (i32) of eight elements, all 0 to 7, and returns the first element of `x`.
    private static float run(String body) {
        return memory(body).f32(program(body).storages().get(0))[0];
    }

    private static LoopProgram program(String body) {
        return LoopReader.read("""
                program p(batch)
                storage 0 "x": f32[8*batch] data
                storage 1 "n": i32[8] data
                kernel 0 k(x.0: f32, n.1: i32, s.2: f32[4] scratch) symbols batch.100
                parallel i.0 = 0 to 1 cost 1 {
                """ + body + "\n}\ncall 0(read_write 0, read_write 1)\n");
    }

    private static Memory memory(String body) {
        LoopProgram program = program(body);
        Memory memory = Memory.of(program, Map.of("batch", 1));
        for (int i = 0; i < 8; i++) {
            memory.f32(program.storages().get(0))[i] = i;
            memory.i32(program.storages().get(1))[i] = i;
        }
        LoopInterpreter.run(program, memory);
        return memory;
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(delimiter = '|', textBlock = """
            16777216.0 + 1.0                         | 16777216
            1.0 / 3.0                                | 0.33333334
            fma(16777217.0, 1.0, 1.0)                | 16777216
            min(0.0, -0.0)                           | -0.0
            max(nan, 1.0)                            | NaN
            round(2.5)                               | 2
            round(-0.4)                              | -0.0
            floor(-1.5)                              | -2
            f32(16777217)                            | 16777216
            f32(i32(-1.9))                           | -1
            f32(i32(3.0E20))                         | 2147483647
            f32(2147483647 + 1)                      | -2147483648
            f32(-1 >>> 28)                           | 15
            f32(-16 >> 2)                            | -4
            f32(rotate_left(-2147483648, 1))         | 1
            bits_f32(bits_i32(1.0) + (3 << 23))      | 8
            f32(-7 / 2)                              | -3
            f32(-7 % 2)                              | -1
            f32((1 < 2) & !(2.0 <= 1.0))             | 1
            select(nan == nan, 1.0, 2.0)             | 2
            x.0[n.1[3] + 2]                          | 5
            f32(batch.100)                           | 1
            """)
    @DisplayName("computes as Java does")
    void computesAsJavaDoes(String expression, float value) {
        assertEquals(value, run("x.0[0] = " + expression));
    }

    @Test
    @DisplayName("sums in sixteen lanes, folded by a fixed tree")
    void sumsInLanes() {
        // Element i is 1 for lane 0, 2^24 for lane 8 and its opposite for lane 4; lane 0 meets lane 8 first, and loses its 1.
        String value = "select(i.1 == 0, 1.0, select(i.1 == 8, 1.6777216E7, select(i.1 == 4, -1.6777216E7, 0.0)))";
        assertEquals(0, run("reduce s.2: f32 = sum i.1 = 0 to 16 lanes 16 {\nyield " + value + "\n}\nx.0[0] = s.2"));
        assertEquals(1, run("reduce s.2: f32 = sum i.1 = 0 to 16 lanes 1 {\nyield " + value.replace("i.1 == 4", "i.1 == 9")
                + "\n}\nx.0[0] = s.2 + 1.0"));
    }

    @Test
    @DisplayName("takes the neutral element where there is nothing to reduce")
    void reducesNothing() {
        assertEquals(Float.NEGATIVE_INFINITY, run("reduce s.2: f32 = max i.1 = 3 to 3 lanes 16 {\nyield 1.0\n}\nx.0[0] = s.2"));
    }

    @Test
    @DisplayName("refuses to leave a buffer, scratch too")
    void checksBounds() {
        assertEquals("element 8 of x, which has 8", assertThrows(IndexOutOfBoundsException.class, () -> run("x.0[8] = 1.0")).getMessage());
        assertEquals("element 4 of s, which has 4", assertThrows(IndexOutOfBoundsException.class, () -> run("s.2[4] = 1.0")).getMessage());
        assertThrows(IndexOutOfBoundsException.class, () -> run("x.0[0] = select(false, x.0[-1], 0.0)"));
    }

    @Test
    @DisplayName("shows what is read from scratch before it is written")
    void poisonsScratch() {
        assertTrue(Float.isNaN(run("x.0[0] = s.2[0]")));
    }

    @Test
    @DisplayName("runs loops with steps, over bits, sections, and both sides of an if")
    void runsStatements() {
        float[] x = memory("""
                for i.1 = 0 to 7 step 3 {
                    if i.1 == 3 {
                        x.0[i.1] = 30.0
                    } else {
                        section other {
                            x.0[i.1] = -1.0
                        }
                    }
                }
                var a.3: f32 = 0.0
                for i.4 = 0 to 3 {
                    a.3 = a.3 * 10.0 + f32(i.4)
                }
                x.0[7] = a.3
                marked b.5 = 38 {
                    x.0[b.5] = x.0[b.5] * 100.0
                }
                """).f32(program("").storages().get(0));
        assertArrayEquals(new float[]{-1, 100, 200, 30, 4, 500, -1, 12}, x);
    }
}
