package nnet.compiler.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.loop.LoopProgram.Storage;
import nnet.compiler.loop.LoopReader;
import nnet.compiler.plan.Plan.Lifetime;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

@DisplayName("The memory plan")
class PlanTest {

    private static final String KERNEL = """
            kernel 0 copy(x.0: f32, y.1: f32) symbols batch.0
            parallel i.1 = 0 to batch.0 cost 1 {
                y.1[i.1] = x.0[i.1]
            }
            """;

    private static LoopProgram chain() {
        return Plan.plan(LoopReader.read("""
                program chain(batch)
                storage 0 "in": f32[batch] data
                storage 1 "a": f32[8*batch]
                storage 2 "b": f32[100]
                storage 3 "c": f32[4*batch]
                storage 4 "out": f32[batch] data
                """ + KERNEL + """
                call 0(read 0, write 1)
                call 0(read 1, write 2)
                call 0(read 2, write 3)
                call 0(read 3, write 4)
                """));
    }

    @Test
    @DisplayName("gives storages of disjoint lifetimes one slot, and operands and results of a call different ones")
    void sharesSlots() {
        Storage[] storages = chain().storages().toArray(Storage[]::new);
        assertEquals(storages[1].slot(), storages[3].slot());
        assertNotEquals(storages[1].slot(), storages[2].slot());
    }

    @Test
    @DisplayName("leaves inputs and outputs where they are")
    void leavesTheOutsideAlone() {
        assertTrue(chain().storages().stream().allMatch(storage -> storage.role().isPresent() != storage.slot().isPresent()));
    }

    @Test
    @DisplayName("makes a slot as large as its largest storage at the batch of the run")
    void slotsGrowWithTheBatch() {
        var slot = Plan.slots(chain()).getFirst();
        assertEquals("[8*batch, 4*batch]", slot.sizes().toString());
        assertEquals(80, slot.size(Map.of("batch", 10)));
    }

    @Test
    @DisplayName("reports what it takes, what it saves, and what no plan can save")
    void reportsItsFootprint() {
        assertEquals(new Footprint(4 * (80 + 100), 4 * (80 + 100 + 40), 4 * (80 + 100)), Footprint.of(chain(), Map.of("batch", 10)));
    }

    @RepeatedTest(20)
    @DisplayName("never puts two storages that are alive at once into one slot")
    void neverOverlaps(RepetitionInfo repetition) {
        LoopProgram program = Plan.plan(random(new Random(repetition.getCurrentRepetition())));
        Map<Integer, Lifetime> lifetimes = Plan.lifetimes(program);
        for (Storage one : program.storages()) {
            for (Storage two : program.storages()) {
                boolean together = one.id() < two.id() && one.slot().isPresent() && one.slot().equals(two.slot());
                assertTrue(!together || !lifetimes.get(one.id()).overlaps(lifetimes.get(two.id())), one + " and " + two);
                assertTrue(!together || one.element() == two.element(), one + " and " + two);
            }
        }
        Footprint footprint = Footprint.of(program, Plan.nominal(program));
        assertTrue(footprint.alive() <= footprint.planned() && footprint.planned() <= footprint.separate(), footprint.toString());
    }

    private static LoopProgram random(Random random) {
        String storages = IntStream.range(0, 30)
                .mapToObj(i -> "storage %d \"s\": %s[%d%s]\n".formatted(i, random.nextBoolean() ? "f32" : "i32", 1 + random.nextInt(200),
                        random.nextBoolean() ? "*batch" : ""))
                .collect(Collectors.joining());
        String calls = IntStream.range(0, 40)
                .mapToObj(i -> "call 0(read %d, write %d)\n".formatted(i * 2 / 3, Math.min(29, i * 2 / 3 + 1 + random.nextInt(8))))
                .collect(Collectors.joining());
        return LoopReader.read("program random(batch)\n" + storages + KERNEL + calls);
    }
}
