package nnet.tests.emitted;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nnet.compiler.Compiler;
import nnet.compiler.Journey;
import nnet.compiler.Texts;
import nnet.compiler.emit.Description;
import nnet.compiler.emit.NetworkClass;
import nnet.compiler.schedule.Target;
import nnet.compiler.source.Source;
import nnet.runtime.Manifest;
import nnet.runtime.Network;
import nnet.runtime.Prediction;
import nnet.runtime.Trainer;
import nnet.trainer.LoadedNetwork;
import nnet.trainer.StandardLibrary;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// An encoder and a decoder, whose sequences have a length each that is known only at run time: padding and the choice of a form change no bit of either.
class TwoLengthsTest {

    private static final int CATEGORIES = 9;
    /// An example that every form but the shortest lacks room for, in one of its sequences or in both.
    private static final int[][] SIZES = {{1, 1}, {7, 30}, {32, 32}, {33, 5}, {5, 33}, {48, 40}, {49, 2}, {2, 41}, {70, 41}, {70, 1}};

    private static LoadedNetwork narrow;
    private static LoadedNetwork wide;

    private static Texts texts(int time, int steps) {
        return new Texts(new Source("told.nnet", """
                package nnet.tests.told%1$d

                network Told(source: category(9)[time <= %1$d], said: category(9)[steps <= %2$d], weight: [time, 2]) -> next: category(9)[steps] {
                  let here = valid(source, time)
                  let memory = concat([source -> Embedding(6), weight]) -> Bidirectional(GRU(4), mask: here) -> TransformerBlock(2, hidden: 8, mask: here)
                  let heard = (said -> Embedding(8) -> LSTM(8, mask: valid(said, steps)), memory) -> DecoderBlock(2, hidden: 8, mask: here)
                  heard + gather(memory, time - 1) -> Dense(9, softmax)
                }

                train Told {
                  loss      = sequence_cross_entropy
                  optimizer = SGD(rate: 0.1)
                  metrics   = [token_accuracy, sequence_accuracy]
                }
                """.formatted(time, steps)), List.of(), StandardLibrary.sources(), Map.of());
    }

    private static LoadedNetwork compiled(int time, int steps) {
        LoadedNetwork.Outcome outcome = LoadedNetwork.compile(texts(time, steps), List.of(Target.all().getFirst()), Journey.SILENT);
        return outcome.network().orElseThrow(() -> new AssertionError(outcome.diagnostics()));
    }

    @BeforeAll
    static void compile() {
        narrow = compiled(70, 41);
        wide = compiled(100, 200);
    }

    private static int[] categories(int seed, int length) {
        return new Random(31L * seed + length).ints(length, 1, CATEGORIES).toArray();
    }

    private static float[] weights(int length) {
        float[] weights = new float[2 * length];
        Random random = new Random(length);
        for (int i = 0; i < weights.length; i++) {
            weights[i] = random.nextFloat();
        }
        return weights;
    }

    /// The probabilities of each example: as many rows as its second sequence has elements.
    private static List<float[]> predicted(Network network, int[]... sizes) {
        int[][] source = Arrays.stream(sizes).map(size -> categories(1, size[0])).toArray(int[][]::new);
        int[][] said = Arrays.stream(sizes).map(size -> categories(2, size[1])).toArray(int[][]::new);
        float[][] weight = Arrays.stream(sizes).map(size -> weights(size[0])).toArray(float[][]::new);
        int each = network.outputs().getFirst().size();
        float[] next = new float[each * sizes.length];
        network.prediction().input(0, source).input(1, said).input(2, weight).output(0, next).run(sizes.length);
        List<float[]> results = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            results.add(Arrays.copyOfRange(next, i * each, i * each + sizes[i][1] * CATEGORIES));
        }
        return results;
    }

    @Test
    void everyLengthIsHalvedInEachFormAsFarAsThatPays() {
        assertEquals(List.of(new Manifest.Length("time", 70, List.of("source", "weight"), List.of(48, 32)),
                new Manifest.Length("steps", 41, List.of("said"), List.of(32, 32))), narrow.create(1).lengths());
        assertEquals(List.of(new Manifest.Length("time", 100, List.of("source", "weight"), List.of(64, 32, 32)),
                new Manifest.Length("steps", 200, List.of("said"), List.of(112, 64, 32))), wide.create(1).lengths());
    }

    @ParameterizedTest
    @CsvSource({"1,1", "7,30", "32,32", "33,5", "5,33", "48,40", "49,2", "2,41", "70,41", "70,1"})
    void neitherBoundNorFormChangesABit(int time, int steps) {
        int[] size = {time, steps};
        assertArrayEquals(predicted(narrow.create(1), size).getFirst(), predicted(wide.create(1), size).getFirst());
    }

    @Test
    void anExampleAmongOthersGivesWhatItGivesAlone() {
        Network network = wide.create(1);
        List<float[]> together = predicted(network, SIZES);
        for (int i = 0; i < SIZES.length; i++) {
            assertArrayEquals(predicted(network, SIZES[i]).getFirst(), together.get(i));
        }
        assertTrue(together.stream().map(each -> each[0]).distinct().count() > SIZES.length / 2, "examples differ");
    }

    @Test
    void aStepOfTrainingTakesTheShortestFormThatHoldsItsBatch() {
        assertEquals(loss(narrow, 10, 35), loss(wide, 10, 35));
        assertEquals(loss(narrow, 60, 3), loss(wide, 60, 3));
    }

    private static float loss(LoadedNetwork loaded, int time, int steps) {
        Network network = loaded.create(1);
        int most = network.lengths().get(0).bound();
        int mostSteps = network.lengths().get(1).bound();
        float loss = 0;
        try (Trainer trainer = network.trainer()) {
            for (int step = 0; step < 3; step++) {
                for (int example = 0; example < 2; example++) {
                    int length = time + 5 * example;
                    System.arraycopy(categories(1, length), 0, trainer.ints("source", 2), example * most, length);
                    System.arraycopy(weights(length), 0, trainer.floats("weight", 2), 2 * example * most, 2 * length);
                    System.arraycopy(categories(2, steps), 0, trainer.ints("said", 2), example * mostSteps, steps);
                    System.arraycopy(categories(3, steps), 0, trainer.ints("target", 2), example * mostSteps, steps);
                    trainer.ints("time", 2)[example] = length;
                    trainer.ints("steps", 2)[example] = steps;
                }
                loss = trainer.step(2);
            }
        }
        return loss;
    }

    /// Targets have the size of the bound, and an evaluation in a shorter form reads their beginnings.
    @Test
    void anEvaluationReadsTargetsOfEveryForm() {
        assertArrayEquals(losses(narrow), losses(wide));
    }

    private static float[] losses(LoadedNetwork loaded) {
        Network network = loaded.create(1);
        int most = network.lengths().get(1).bound();
        int[] targets = new int[most * SIZES.length];
        for (int i = 0; i < SIZES.length; i++) {
            System.arraycopy(categories(3, SIZES[i][1]), 0, targets, i * most, SIZES[i][1]);
        }
        float[] losses = new float[SIZES.length];
        try (Trainer trainer = network.trainer()) {
            Prediction evaluation = trainer.evaluation();
            evaluation.input(0, Arrays.stream(SIZES).map(size -> categories(1, size[0])).toArray(int[][]::new))
                    .input(1, Arrays.stream(SIZES).map(size -> categories(2, size[1])).toArray(int[][]::new))
                    .input(2, Arrays.stream(SIZES).map(size -> weights(size[0])).toArray(float[][]::new))
                    .input(evaluation.inputIndex("target"), targets)
                    .output(evaluation.outputIndex("loss"), losses).run(SIZES.length);
        }
        return losses;
    }

    @Test
    void theSequenceThatIsTooLongIsNamed() {
        Network network = narrow.create(1);
        assertEquals("'steps', the length of 'said', is from 1 to 41; example 1 has 42 elements, more than the network was made for",
                assertThrows(IllegalArgumentException.class, () -> predicted(network, new int[]{70, 41}, new int[]{3, 42})).getMessage());
        assertEquals("'time', the length of 'source', 'weight', is from 1 to 70; example 0 has 0 elements",
                assertThrows(IllegalArgumentException.class, () -> predicted(network, new int[]{0, 4})).getMessage());
    }

    @Test
    void theClassTakesArraysOfAnyLengths() throws Exception {
        Network network = narrow.create(1);
        float[] one = (float[]) narrow.type().getMethod("infer", int[].class, int[].class, float[].class).invoke(network, categories(1, 9),
                categories(2, 4), weights(9));
        assertArrayEquals(predicted(network, new int[]{9, 4}).getFirst(), Arrays.copyOf(one, 4 * CATEGORIES));
        String source = NetworkClass
                .source(Description.of(new Compiler(Journey.SILENT).check(texts(70, 41)).model().orElseThrow(), Compiler.VERSION));
        for (String line : List.of("public int[] predict(int[] source, int[] said, float[] weight) {",
                "@param source [time], each a category, 0 to 8, where time is from 1 to 70",
                "@param said [steps], each a category, 0 to 8, where steps is from 1 to 41")) {
            assertTrue(source.contains(line), line + "\n" + source);
        }
    }

    /// What would lie elsewhere in a shorter form has programs for the bounds alone.
    @Test
    void anOutputOfBothLengthsHasOneForm() {
        Texts texts = new Texts(new Source("both.nnet", """
                network Both(a: [time <= 70], b: [steps <= 90]) -> (all: [], both: [time + steps]) {
                  (sum(a) + sum(b), concat([a, b]))
                }
                """), List.of(), StandardLibrary.sources(), Map.of());
        LoadedNetwork.Outcome outcome = LoadedNetwork.compile(texts, List.of(Target.all().getFirst()), Journey.SILENT);
        Network network = outcome.network().orElseThrow(() -> new AssertionError(outcome.diagnostics())).create(1);
        float[] both = new float[160];
        network.prediction().input(0, new float[][]{{1, 2}}).input(1, new float[][]{{3}}).output(0, new float[1]).output(1, both).run(1);
        assertEquals(List.of(List.of(), List.of()), network.lengths().stream().map(Manifest.Length::forms).toList());
        assertEquals(3, both[70]);
    }
}
