package nnet.trainer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import nnet.runtime.Manifest;
import nnet.trainer.data.Dataset;
import nnet.trainer.data.Port;
import nnet.trainer.data.Values;
import org.junit.jupiter.api.Test;

class BatchingTest {

    private static final Manifest.Length TIME = new Manifest.Length("time", 100, List.of("source"), List.of(64, 32));
    private static final Manifest.Length STEPS = new Manifest.Length("steps", 50, List.of("said"), List.of(40, 32));

    private static Set<Set<Integer>> batches(List<Manifest.Length> lengths, int batch, int[]... examples) {
        Dataset data = Dataset.of(List.of(
                new Values.Integers(Port.whole("time"), Arrays.stream(examples).mapToInt(each -> each[0]).toArray()),
                new Values.Integers(Port.whole("steps"), Arrays.stream(examples).mapToInt(each -> each[1]).toArray())), List.of(),
                examples.length);
        Batching batching = Batching.of(lengths, data, batch);
        int[][] batches = batching.batches(Dataset.identity(examples.length), 1, 1);
        assertEquals(batching.steps(), batches.length);
        return Arrays.stream(batches).map(each -> Arrays.stream(each).boxed().collect(Collectors.toSet())).collect(Collectors.toSet());
    }

    @Test
    void aBatchHoldsExamplesWhoseSequencesAllFitIntoOneForm() {
        int[][] examples = {{32, 32}, {33, 1}, {1, 33}, {64, 40}, {65, 1}, {1, 41}, {100, 50}, {1, 1}};
        assertEquals(Set.of(Set.of(0, 7), Set.of(1, 2, 3), Set.of(4, 5, 6)), batches(List.of(TIME, STEPS), 8, examples));
        assertEquals(Set.of(Set.of(0, 2), Set.of(5, 7), Set.of(1, 3), Set.of(4, 6)), batches(List.of(TIME), 2, examples));
    }

    @Test
    void withoutLengthsOrderAloneCounts() {
        assertEquals(Set.of(Set.of(0, 1), Set.of(2)), batches(List.of(), 2, new int[]{1, 1}, new int[]{99, 1}, new int[]{1, 50}));
    }
}
