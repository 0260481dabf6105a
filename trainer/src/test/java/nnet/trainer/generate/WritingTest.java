package nnet.trainer.generate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import nnet.compiler.Journey;
import nnet.compiler.Texts;
import nnet.compiler.schedule.Target;
import nnet.compiler.source.Source;
import nnet.runtime.Network;
import nnet.trainer.LoadedNetwork;
import nnet.trainer.StandardLibrary;
import nnet.trainer.data.Dataset;
import nnet.trainer.data.Port;
import nnet.trainer.data.Values;
import org.junit.jupiter.api.Test;

class WritingTest {

    private static final int END = 1;
    private static final Port READ = Port.category("read", 6, 5);
    private static final Port BEFORE = Port.category("before", 6, 6);

    /// Writes what it reads from the last token to the first and then the end, as long as it sees that all it has written is right.
    private static Network turning() {
        Texts texts = new Texts(new Source("turn.nnet", """
                network Turn(read: category(6)[time <= 5], before: category(6)[steps <= 6]) -> next: category(6)[steps] {
                  let said = one_hot(read, 6)
                  let place = time - 1 - iota(6)
                  let next = where(reshape(place, [6, 1]) < 0, one_hot(0 * iota(6) + 1, 6), gather(said, max(place, 0)))
                  let expected = concat([one_hot(0 * iota(1) + 1, 6), next[0..5]], axis: 0)
                  let wrong = 1 - sum(expected * one_hot(before, 6), axis: 1)
                  let all = reshape(iota(6), [6, 1]) >= iota(6)
                  let mistakes = sum(where(all, wrong, 0), axis: 1)
                  where(reshape(mistakes, [6, 1]) > 0.5, one_hot(0 * iota(6), 6), next)
                }
                """), List.of(), StandardLibrary.sources(), Map.of());
        LoadedNetwork.Outcome outcome = LoadedNetwork.compile(texts, List.of(Target.all().getFirst()), Journey.SILENT);
        return outcome.network().orElseThrow(() -> new AssertionError(outcome.diagnostics())).create(1);
    }

    @Test
    void textsGoOnUntilTheirEndAndNoFurtherThanThereIsRoom() {
        int[][] read = {{2, 3}, {5}, {2, 3, 4, 5, 2}, {4, 1, 3}};
        int[][] expected = {{END, 3, 2}, {END, 5}, {END, 2, 5, 4, 3, 2}, {END, 3}};
        Values.TokenLists asked = Values.TokenLists.of(READ, List.of(read));
        Values.TokenLists begun = Values.TokenLists.of(BEFORE, Arrays.stream(read).map(_ -> new int[]{END}).toList());
        Dataset examples = Dataset.of(
                List.of(asked, begun, asked.lengths(Port.whole("time")), begun.lengths(Port.whole("steps"))), List.of(), read.length);
        Dataset written = new Writing(turning(), END).finish(examples);
        List<int[]> texts = new ArrayList<>();
        for (int i = 0; i < read.length; i++) {
            texts.add(Arrays.copyOfRange(written.input(1).integers(), 6 * i, 6 * i + written.input(3).integers()[i]));
        }
        for (int i = 0; i < read.length; i++) {
            assertArrayEquals(expected[i], texts.get(i));
        }
    }
}
