package nnet.compiler.expand;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Function;
import nnet.compiler.loop.Kernels;
import nnet.compiler.loop.LoopInterpreter;
import nnet.compiler.loop.LoopPrinter;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.loop.LoopReader;
import nnet.compiler.loop.LoopVerifier;
import nnet.compiler.loop.Memory;
import nnet.compiler.loop.Stmt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("The expand pass")
class ExpandTest {

    /// A call of exp in every place that an expression can have.
    private static final String EVERYWHERE = """
            program everywhere()
            storage 0 "x": f32[16] data
            storage 1 "y": f32[16] data

            kernel 0 k(x.0: f32, y.1: f32)
            parallel i.0 = 0 to 16 cost 1 {
                let a.1: f32 = exp(x.0[i.0])
                var b.2: f32 = exp(a.1)
                if exp(x.0[i.0]) < 1.0 {
                    b.2 = exp(exp(x.0[i.0]))
                }
                for j.3 = 0 to i32(exp(0.0)) {
                    b.2 = b.2 + exp(f32(j.3))
                }
                reduce s.4: f32 = sum j.5 = 0 to 3 lanes 1 {
                    let c.6: f32 = exp(x.0[j.5])
                    yield exp(c.6)
                }
                vector j.7 = 0 to 16 width 16 {
                    y.1[j.7] = exp(x.0[j.7]) + exp(x.0[j.7])
                }
                y.1[i.0] = b.2 + s.4 + exp(s.4)
            }

            call 0(read 0, read_write 1)
            """;

    @Test
    @DisplayName("leaves no call, wherever it stood, and a good program")
    void leavesNoCall() {
        LoopProgram program = LoopVerifier.verify(Expand.expand(LoopReader.read(EVERYWHERE)));
        List<Stmt> body = program.calls().getFirst().kernel().body();
        assertTrue(
                Kernels.statements(body).flatMap(Kernels::expressions).flatMap(Kernels::withParts).noneMatch(Expr.Call.class::isInstance));
    }

    @Test
    @DisplayName("changes no value beyond the error of the functions")
    void keepsTheMeaning() {
        LoopProgram program = LoopReader.read(EVERYWHERE);
        float[] before = run(program);
        float[] after = run(Expand.expand(program));
        for (int i = 0; i < before.length; i++) {
            assertEquals(before[i], after[i], 1e-5 * Math.abs(before[i]), "element " + i);
        }
    }

    private static float[] run(LoopProgram program) {
        Memory memory = Memory.of(program, Map.of());
        for (int i = 0; i < 16; i++) {
            memory.f32(program.storages().get(0))[i] = i / 16f - 0.5f;
        }
        LoopInterpreter.run(program, memory);
        return Arrays.copyOf(memory.f32(program.storages().get(1)), 16);
    }

    @Test
    @DisplayName("computes a call that occurs twice in a statement once")
    void sharesEqualCalls() {
        String once = kernel("exp(x.0[0])");
        String twice = kernel("exp(x.0[0]) * exp(x.0[0])");
        assertEquals(lets(once), lets(twice));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(value = Function.class, names = {"TANH", "ERF", "SIN"})
    @DisplayName("keeps odd functions odd to the bit")
    void keepsSymmetry(Function function) {
        float[] x = {0x1p-149f, 1e-20f, 0.1f, 0.7f, 1.3f, 2.9f, 8.8f, 20, Float.MAX_VALUE / 0x1p110f};
        for (float v : x) {
            float[] y = apply(function, v, -v);
            assertEquals(y[0], -y[1], function + " at " + v);
        }
    }

    @Test
    @DisplayName("never lets tanh and erf leave [-1, 1]")
    void staysBounded() {
        float[] x = new float[200_000];
        for (int i = 0; i < x.length; i++) {
            x[i] = i * 5e-5f;
        }
        for (Function function : List.of(Function.TANH, Function.ERF)) {
            for (float y : apply(function, x)) {
                assertTrue(y <= 1, function + " gives " + y);
            }
        }
    }

    @Test
    @DisplayName("says that functions of f64 are not written out")
    void refusesDoublePrecision() {
        LoopProgram wide = LoopReader.read("""
                program p()
                storage 0 "y": f64[1] data
                kernel 0 k(y.0: f64)
                parallel i.0 = 0 to 1 cost 1 {
                    y.0[0] = exp(1.0d)
                }
                call 0(write 0)
                """);
        var e = assertThrows(UnsupportedOperationException.class, () -> Expand.expand(wide));
        assertEquals("exp of f64: functions are written out for f32 only", e.getMessage());
    }

    private static float[] apply(Function function, float... x) {
        LoopProgram program = Expand.expand(AccuracyTest.map(function, x.length));
        Memory memory = Memory.of(program, Map.of());
        System.arraycopy(x, 0, memory.f32(program.storages().get(0)), 0, x.length);
        LoopInterpreter.run(program, memory);
        return memory.f32(program.storages().get(1));
    }

    private static String kernel(String value) {
        return LoopPrinter.print(Expand.expand(LoopReader.readKernel(
                "kernel k(x.0: f32)\nparallel i.0 = 0 to 1 cost 1 {\nx.0[0] = " + value + "\n}\n")));
    }

    private static long lets(String kernel) {
        return kernel.lines().filter(line -> line.strip().startsWith("let ")).count();
    }
}
