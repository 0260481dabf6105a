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

@DisplayName("Rows of a batch that are shared")
class ShareTest {

    /// For each row of two elements its running sums over three steps, through something that is made anew in each.
    private static final String PROGRAM = """
            program sums(batch)
            storage 0 "x": f32[6*batch] data
            storage 1 "sums": f32[6*batch] data
            storage 2 "sum": f32[2*batch]
            storage 3 "next": f32[2*batch]

            kernel 0 zero(x.0: f32) symbols batch.0
            parallel i.1 = 0 to 2 * batch.0 cost 1 {
                x.0[i.1] = 0.0
            }

            kernel 1 add(x.0: f32, y.1: f32, z.2: f32) symbols batch.0
            parallel i.1 = 0 to 2 * batch.0 cost 1 {
                z.2[i.1] = x.0[i.1] + y.1[i.1]
            }

            kernel 2 copy(x.0: f32, y.1: f32) symbols batch.0
            parallel i.1 = 0 to 2 * batch.0 cost 1 {
                y.1[i.1] = x.0[i.1]
            }

            call 0(write 2)
            share batch cost 12 {
                repeat step.0 = 0 to 3 {
                    call 1(read 2 + 2*first.row, read 0 + 2*batch*step.0 + 2*first.row, write 3 + 2*first.row)
                    call 2(read 3 + 2*first.row, write 2 + 2*first.row)
                    call 2(read 3 + 2*first.row, write 1 + 2*batch*step.0 + 2*first.row)
                }
            }
            """;

    private static float[] run(LoopInterpreter.Order order) {
        LoopProgram program = LoopVerifier.verify(Plan.plan(LoopReader.read(PROGRAM)));
        Memory memory = Memory.of(program, Map.of("batch", 3));
        float[] x = memory.f32(program.storages().get(0));
        for (int i = 0; i < 18; i++) {
            x[i] = i % 6 + 10 * (i / 6);
        }
        LoopInterpreter.run(program, memory, order);
        return Arrays.copyOf(memory.f32(program.storages().get(1)), 18);
    }

    @Test
    @DisplayName("print and read back")
    void text() {
        assertEquals(PROGRAM, LoopPrinter.print(LoopReader.read(PROGRAM)));
    }

    @Test
    @DisplayName("go through all steps in any order of the parts")
    void order() {
        float[] sums = {0, 1, 2, 3, 4, 5, 10, 12, 14, 16, 18, 20, 30, 33, 36, 39, 42, 45};
        assertArrayEquals(sums, run(LoopInterpreter.Order.ASCENDING));
        assertArrayEquals(sums, run(LoopInterpreter.Order.DESCENDING));
    }

    @Test
    @DisplayName("keep everything apart that parts at different steps need at the same time")
    void plan() {
        List<Optional<Position>> slots = Plan.plan(LoopReader.read(PROGRAM)).storages().stream().map(Storage::position).toList();
        assertNotEquals(slots.get(2), slots.get(3));
    }

    @Test
    @DisplayName("are known to the verifier: only inside is there a first row, and nothing is shared twice")
    void verified() {
        String outside = PROGRAM.replace("call 0(write 2)", "call 0(write 2 + 2*first.row)");
        assertEquals(List.of("an offset of zero uses first.row"), LoopVerifier.problems(LoopReader.read(outside)));
        String unknown = PROGRAM.replace("share batch", "share time");
        assertEquals(List.of("rows of time are shared where they are not known, or shared already"),
                LoopVerifier.problems(LoopReader.read(unknown)));
        String twice = PROGRAM.replace("share batch cost 12 {", "share batch cost 12 {\nshare batch cost 12 {") + "}\n";
        assertEquals(List.of("rows of batch are shared where they are not known, or shared already"),
                LoopVerifier.problems(LoopReader.read(twice)));
    }
}
