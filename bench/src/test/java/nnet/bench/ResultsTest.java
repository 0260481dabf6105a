package nnet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ResultsTest {
    private static final Cell OURS = new Cell(Workload.MLP, Contender.NNC, 1);
    private static final Cell THEIRS = OURS.by(Contender.LIBTORCH);

    private final Results results = new Results();

    @Test
    void a_machine_that_changes_its_speed_leaves_the_ratio_of_neighbouring_turns() {
        rates(OURS, 400, 40, 4000, 400);
        rates(THEIRS, 100, 10, 1000, 100);
        assertEquals(OptionalDouble.of(4), results.ratio(OURS, THEIRS, Training.EXAMPLES));
        assertEquals(OptionalDouble.of(0), results.spread(OURS, THEIRS, Training.EXAMPLES));
        assertEquals(OptionalDouble.of(400), results.median(OURS, Training.EXAMPLES));
    }

    @Test
    void the_spread_is_what_lies_between_the_quartiles_as_a_share_of_the_median() {
        rates(OURS, 1, 2, 3, 4, 50);
        rates(THEIRS, 1, 1, 1, 1, 1);
        assertEquals(OptionalDouble.of(3), results.ratio(OURS, THEIRS, Training.EXAMPLES));
        assertEquals(OptionalDouble.of(2 / 3.0), results.spread(OURS, THEIRS, Training.EXAMPLES));
    }

    @Test
    void who_did_not_take_part_has_no_ratio() {
        rates(OURS, 1, 2);
        assertTrue(results.ratio(OURS, THEIRS, Training.EXAMPLES).isEmpty());
        assertTrue(results.spread(OURS, THEIRS, Training.EXAMPLES).isEmpty());
    }

    @Test
    void contenders_that_do_not_do_the_same_work_are_taken_out() {
        results.add(OURS, Map.of(Training.LOSS_AFTER, 0.3871));
        results.add(THEIRS, Map.of(Training.LOSS_AFTER, 0.3870));
        assertEquals(List.of(), results.takeOutUnequalWork());
        assertTrue(results.has(Workload.MLP));
        results.add(THEIRS.by(Contender.PLAIN_JAVA), Map.of(Training.LOSS_AFTER, 0.3880));
        assertEquals(List.of("unequal work: MLP, " + Training.LOSS_AFTER + " lies between 0.387 and 0.388"), results.takeOutUnequalWork());
        assertFalse(results.has(Workload.MLP));
    }

    private void rates(Cell cell, double... perTurn) {
        for (double rate : perTurn) {
            results.add(cell, Map.of(Training.EXAMPLES, rate));
        }
    }
}
