package nnet.compiler.loop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.loop.LoopProgram.Position;
import nnet.compiler.loop.LoopProgram.Storage;
import nnet.compiler.plan.Plan;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Loops around calls")
class RepeatTest {

    /// Running sums: a carried sum, an intermediate of each step, and one stack of results.
    private static final String PROGRAM = """
            program sums(batch)
            storage 0 "x": f32[4*batch] data
            storage 1 "sums": f32[4*batch] data
            storage 2 "sum": f32[batch]
            storage 3 "before": f32[batch]
            storage 4 "next": f32[batch]

            kernel 0 zero(x.0: f32) symbols batch.0
            parallel i.1 = 0 to batch.0 cost 1 {
                x.0[i.1] = 0.0
            }

            kernel 1 copy(x.0: f32, y.1: f32) symbols batch.0
            parallel i.1 = 0 to batch.0 cost 1 {
                y.1[i.1] = x.0[i.1]
            }

            kernel 2 add(x.0: f32, y.1: f32, z.2: f32) symbols batch.0
            parallel i.1 = 0 to batch.0 cost 1 {
                z.2[i.1] = x.0[i.1] + y.1[i.1]
            }

            call 0(write 2)
            repeat step.0 = 0 to 4 {
                call 1(read 2, write 3)
                call 2(read 3, read 0 + batch*step.0, write 4)
                call 1(read 4, write 2)
                call 1(read 4, write 1 + batch*step.0)
            }
            """;

    private static float[] run(String text) {
        LoopProgram program = LoopVerifier.verify(Plan.plan(LoopReader.read(text)));
        Memory memory = Memory.of(program, Map.of("batch", 2));
        float[] x = memory.f32(program.storages().get(0));
        System.arraycopy(new float[]{1, 10, 2, 20, 3, 30, 4, 40}, 0, x, 0, 8);
        LoopInterpreter.run(program, memory);
        return Arrays.copyOf(memory.f32(program.storages().get(1)), 8);
    }

    @Test
    @DisplayName("print and read back")
    void text() {
        String backwards = PROGRAM.replace("to 4 {", "to batch backwards {");
        assertEquals(PROGRAM, LoopPrinter.print(LoopReader.read(PROGRAM)));
        assertEquals(backwards, LoopPrinter.print(LoopReader.read(backwards)));
    }

    @Test
    @DisplayName("go from the first step to the last, or back")
    void order() {
        assertArrayEquals(new float[]{1, 10, 3, 30, 6, 60, 10, 100}, run(PROGRAM));
        assertArrayEquals(new float[]{10, 100, 9, 90, 7, 70, 4, 40}, run(PROGRAM.replace("to 4 {", "to 4 backwards {")));
    }

    @Test
    @DisplayName("keep what they carry apart from what each turn makes anew")
    void plan() {
        List<Optional<Position>> slots = Plan.plan(LoopReader.read(PROGRAM)).storages().stream().map(Storage::position).toList();
        assertNotEquals(slots.get(2), slots.get(3));
        assertNotEquals(slots.get(2), slots.get(4));
        assertNotEquals(slots.get(3), slots.get(4));
    }

    @Test
    @DisplayName("are known to the verifier by their depth, and so are their steps")
    void verified() {
        String outside = PROGRAM.replace("call 0(write 2)", "call 0(write 2 + batch*step.0)");
        assertEquals(List.of("an offset of zero uses step.0"), LoopVerifier.problems(LoopReader.read(outside)));
    }
}
