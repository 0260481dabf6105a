package nnet.compiler.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Loop programs are text that reads back")
class LoopTextTest {

    /// Every statement once.
    static final String PROGRAM = """
            program sample(batch)
            storage 0 "x": f32[8*batch] data
            storage 1 "block 1.weight": f32[8] parameter
            storage 2 "sum": f32[batch] slot 0 from 0
            storage 3 "count": i32[1]

            kernel 0 rows(x.0: f32, w.1: f32, sum.2: f32, pack.3: f32[64] scratch) symbols batch.0
            parallel row.1 = 0 to batch.0 cost 8 * batch.0 + 1 {
                let base.2: i32 = row.1 * 8
                reduce s.4: f32 = sum i.3 = 0 to 8 lanes 1 {
                    let a.5: f32 = x.0[base.2 + i.3]
                    yield a.5 * w.1[i.3]
                }
                vector j.6 = 0 to 8 width 16 {
                    var acc.7: f32 = 0.0
                    for k.8 = 0 to 4 step 2 {
                        acc.7 = fma(acc.7, 0.5, f32(k.8))
                    }
                    pack.3[j.6] = select(acc.7 < -infinity, nan, exp(-acc.7))
                }
                if (s.4 < 0.0) & !(row.1 == 0) {
                    sum.2[row.1] = -(1.0E-5)
                } else {
                    section tail {
                        sum.2[row.1] = s.4
                    }
                }
            }

            kernel 1 count(out.0: i32)
            parallel i.0 = 0 to 1 cost 0 {
                marked bit.1 = 21 {
                    out.0[0] = bit.1
                }
                out.0[0] = rotate_left(7, 3) ^ bits_i32(1.0)
            }

            call 0(read 0, read 1 + 2*batch, write 2)
            call 1(write 3)
            """;

    @Test
    @DisplayName("Reading and printing gives the same text")
    void printsWhatItReads() {
        assertEquals(PROGRAM, LoopPrinter.print(LoopReader.read(PROGRAM)));
    }

    @Test
    @DisplayName("Printing and reading gives the same program")
    void readsWhatItPrints() {
        LoopProgram program = LoopReader.read(PROGRAM);
        assertEquals(program, LoopReader.read(LoopPrinter.print(program)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0 - (2.0 - 3.0)", "1.0 - 2.0 - 3.0", "(1 + 2) * 3", "1 + 2 * 3", "(1 + 2) << 3", "(1 & 2) | 4",
        "1 + 2 <= 3 * 4", "-1.5d", "3.0E-39",
        "-0.0", "infinityd", "true", "min(1, max(2, 3))", "sqrt(abs(-(2.0)))", "5 >>> 1", "(5 >> 1) + -1", "!(true & false)"})
    void expressionsKeepTheirParentheses(String text) {
        Kernel kernel = LoopReader.readKernel("kernel k()\nparallel i.0 = 0 to 1 cost 0 {\n    let a.1: f32 = " + text + "\n}\n");
        assertEquals(text, LoopPrinter.print(((Stmt.Let) kernel.body().getFirst()).value()));
    }

    @Test
    @DisplayName("What is not a program is refused with its line")
    void refusesWithTheLine() {
        var e = assertThrows(IllegalArgumentException.class, () -> LoopReader.read("program p()\nstorage 0 \"x\" f32[3]\n"));
        assertTrue(e.getMessage().startsWith("line 2: : expected"), e.getMessage());
    }

    @Test
    @DisplayName("Kernels that differ in names and numbers only are one kernel")
    void canonicalFormsForgetNames() {
        Kernel one = LoopReader.readKernel(
                "kernel a(x.0: f32)\nparallel i.0 = 0 to 4 cost 1 {\n    let v.1: f32 = x.0[i.0]\n    x.0[i.0] = v.1 * v.1\n}\n");
        Kernel two = LoopReader.readKernel(
                "kernel b(y.7: f32)\nparallel n.5 = 0 to 4 cost 1 {\n    let t.3: f32 = y.7[n.5]\n    y.7[n.5] = t.3 * t.3\n}\n");
        Kernel other = LoopReader.readKernel(
                "kernel b(y.7: f32)\nparallel n.5 = 0 to 4 cost 1 {\n    let t.3: f32 = y.7[n.5]\n    y.7[n.5] = t.3 + t.3\n}\n");
        assertEquals(Canonical.of(one), Canonical.of(two));
        assertTrue(!Canonical.of(one).equals(Canonical.of(other)));
    }
}
