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
import nnet.runtime.Trainer;
import nnet.trainer.LoadedNetwork;
import nnet.trainer.StandardLibrary;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A network of sequences whose length is known only at run time, as an application sees it: padding and the choice of a form change no bit.
class SequenceClassTest {

    private static final int MOVES = 3;
    private static final int[] LENGTHS = {1, 7, 31, 32, 33, 40, 64, 65, 70};

    private static LoadedNetwork upTo70;
    private static LoadedNetwork upTo200;

    private static Texts texts(int bound) {
        return new Texts(new Source("mood.nnet", """
                package nnet.tests.sequences%d

                network Mood(words: category(20)[time <= %d], moves: [time, %d]) -> mood: category(2) {
                  let here = words != 0
                  let x = concat([words -> Embedding(5), moves])
                  let forward = (x -> LSTM(4, mask: here))[-1] + (x -> GRU(4, mask: here))[-1] + (x -> PeepholeLSTM(4, mask: here))[-1]
                  let seen = x -> Bidirectional(RNN(4), mask: here) -> MultiHeadAttention(2, mask: valid(x, time))
                  let mean = sum(where(reshape(here, [size(here), 1]), seen, 0), axis: 0) / cast(time)
                  concat([forward, mean, gather(seen, time - 1), seen[0]]) -> Dense(2, softmax)
                }

                train Mood {
                  loss      = cross_entropy
                  optimizer = SGD(rate: 0.1)
                }
                """.formatted(bound, bound, MOVES)), List.of(), StandardLibrary.sources(), Map.of());
    }

    private static LoadedNetwork compiled(int bound) {
        LoadedNetwork.Outcome outcome = LoadedNetwork.compile(texts(bound), List.of(Target.all().getFirst()), Journey.SILENT);
        return outcome.network().orElseThrow(() -> new AssertionError(outcome.diagnostics()));
    }

    @BeforeAll
    static void compile() {
        upTo70 = compiled(70);
        upTo200 = compiled(200);
    }

    private static int[] words(int length) {
        return new Random(length).ints(length, 1, 20).toArray();
    }

    private static float[] moves(int length) {
        Random random = new Random(-length);
        float[] moves = new float[length * MOVES];
        for (int i = 0; i < moves.length; i++) {
            moves[i] = random.nextFloat();
        }
        return moves;
    }

    private static float[] predicted(Network network, int... lengths) {
        int[][] words = Arrays.stream(lengths).mapToObj(SequenceClassTest::words).toArray(int[][]::new);
        float[][] moves = Arrays.stream(lengths).mapToObj(SequenceClassTest::moves).toArray(float[][]::new);
        float[] mood = new float[2 * lengths.length];
        network.prediction().input(0, words).input(1, moves).output(0, mood).run(lengths.length);
        return mood;
    }

    @Test
    void formsAreMadeForShorterSequences() {
        assertEquals(List.of(new Manifest.Length("time", 200, List.of("words", "moves"), List.of(112, 64, 32))),
                upTo200.create(1).lengths());
        assertEquals(List.of(48, 32), upTo70.create(1).lengths().getFirst().forms());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 31, 32, 33, 40, 64, 65, 70})
    void neitherBoundNorFormChangesABit(int length) {
        assertArrayEquals(predicted(upTo70.create(1), length), predicted(upTo200.create(1), length));
    }

    @Test
    void aSequenceAmongOthersGivesWhatItGivesAlone() {
        Network network = upTo200.create(1);
        float[] together = predicted(network, LENGTHS);
        List<Float> alone = new ArrayList<>();
        for (int length : LENGTHS) {
            for (float each : predicted(network, length)) {
                alone.add(each);
            }
        }
        for (int i = 0; i < together.length; i++) {
            assertEquals(alone.get(i), together[i]);
        }
        assertTrue(alone.stream().distinct().count() > LENGTHS.length, "sequences differ");
    }

    @Test
    void whatLiesBehindASequenceInAnArrayOfAllExamplesIsNotSeen() {
        Network network = upTo70.create(1);
        int[] words = new int[140];
        float[] moves = new float[140 * MOVES];
        Arrays.fill(words, 5);
        Arrays.fill(moves, Float.NaN);
        for (int i = 0; i < 2; i++) {
            System.arraycopy(words(20 + 30 * i), 0, words, 70 * i, 20 + 30 * i);
            System.arraycopy(moves(20 + 30 * i), 0, moves, 70 * i * MOVES, (20 + 30 * i) * MOVES);
        }
        float[] mood = new float[4];
        network.prediction().input(0, words).input(1, moves).input(2, new int[]{20, 50}).output(0, mood).run(2);
        assertArrayEquals(predicted(network, 20, 50), mood);
    }

    @Test
    void aStepOfTrainingTakesTheShortestFormThatHoldsItsBatch() {
        float[] losses = new float[2];
        for (int i = 0; i < 2; i++) {
            int bound = i == 0 ? 70 : 200;
            try (Trainer trainer = (i == 0 ? upTo70 : upTo200).create(1).trainer()) {
                for (int step = 0; step < 3; step++) {
                    for (int example = 0; example < 2; example++) {
                        int length = 10 + 25 * example;
                        System.arraycopy(words(length), 0, trainer.ints("words", 2), example * bound, length);
                        System.arraycopy(moves(length), 0, trainer.floats("moves", 2), example * bound * MOVES, length * MOVES);
                        trainer.ints("time", 2)[example] = length;
                        trainer.ints("target", 2)[example] = example;
                    }
                    losses[i] = trainer.step(2);
                }
            }
        }
        assertEquals(losses[0], losses[1]);
    }

    /// What is given for each element has the size of the bound too, zeros behind what the form computes.
    @Test
    void outputsMayBeAsLongAsTheirSequence() {
        Texts texts = new Texts(new Source("tags.nnet", """
                network Tags(words: category(20)[time <= 70]) -> (tags: category(3)[time], hidden: [time, 2]) {
                  let h = words -> Embedding(2, init: normal(0, 1)) -> RNN(2)
                  (h -> Dense(3, softmax), h)
                }
                """), List.of(), StandardLibrary.sources(), Map.of());
        LoadedNetwork.Outcome outcome = LoadedNetwork.compile(texts, List.of(Target.all().getFirst()), Journey.SILENT);
        Network network = outcome.network().orElseThrow(() -> new AssertionError(outcome.diagnostics())).create(1);
        float[] both = new float[2 * 70 * 2];
        int[] tags = new int[2 * 70];
        network.prediction().input(0, new int[][]{words(70), words(20)}).output(0, tags).output(1, both).run(2);
        int[] padded = Arrays.copyOf(words(20), 70);
        float[] alone = new float[70 * 2];
        network.prediction().input(0, padded).input(1, new int[]{70}).output(1, alone).run(1);
        assertArrayEquals(Arrays.copyOf(alone, 40), Arrays.copyOfRange(both, 140, 180), "elements that are there");
        assertArrayEquals(new float[140 - 2 * 32], Arrays.copyOfRange(both, 140 + 2 * 32, 280), "behind the form for 32");
        assertEquals(0, Arrays.stream(tags, 70 + 32, 140).sum());
    }

    @Test
    void lengthsAreChecked() {
        Network network = upTo70.create(1);
        assertEquals(
                "'time', the length of 'words', 'moves', is from 1 to 70; example 0 has 71 elements, more than the network was made for",
                assertThrows(IllegalArgumentException.class, () -> predicted(network, 71)).getMessage());
        assertEquals("'time', the length of 'words', 'moves', is from 1 to 70; example 1 has 0 elements",
                assertThrows(IllegalArgumentException.class, () -> predicted(network, 3, 0)).getMessage());
        assertEquals("sequence 0 of 'moves' has 4 elements, not 3 as others of that example",
                assertThrows(IllegalArgumentException.class,
                        () -> network.prediction().input(0, new int[][]{words(3)}).input(1, new float[][]{moves(4)}).output(0, new float[2])
                                .run(1))
                        .getMessage());
        assertEquals("'moves' takes 3 values for each element of a sequence; sequence 0 has 4",
                assertThrows(IllegalArgumentException.class,
                        () -> network.prediction().input(0, new int[][]{words(1)}).input(1, new float[1][4]).output(0, new float[2]).run(1))
                        .getMessage());
    }

    @Test
    void theClassTakesArraysOfAnyLength() throws Exception {
        Network network = upTo70.create(1);
        float[] one = (float[]) upTo70.type().getMethod("infer", int[].class, float[].class).invoke(network, words(9), moves(9));
        assertArrayEquals(predicted(network, 9), one);
        float[] two = new float[4];
        upTo70.type().getMethod("infer", int[][].class, float[][].class, int.class, float[].class).invoke(network,
                new int[][]{words(9), words(50)}, new float[][]{moves(9), moves(50)}, 2, two);
        assertArrayEquals(predicted(network, 9, 50), two);
    }

    @Test
    void theSourceTextSaysHowLongSequencesMayBe() {
        String source = NetworkClass
                .source(Description.of(new Compiler(Journey.SILENT).check(texts(70)).model().orElseThrow(), Compiler.VERSION));
        for (String line : List.of("public int predict(int[] words, float[] moves) {",
                "public void predict(int[][] words, float[][] moves, int count, int[] mood) {", "new int[1][]",
                "@param words [time], each a category, 0 to 19, where time is from 1 to 70")) {
            assertTrue(source.contains(line), line + "\n" + source);
        }
    }
}
