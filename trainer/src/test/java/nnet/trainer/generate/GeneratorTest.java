package nnet.trainer.generate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import nnet.compiler.Journey;
import nnet.compiler.Texts;
import nnet.compiler.schedule.Target;
import nnet.compiler.source.Source;
import nnet.runtime.Decoder;
import nnet.runtime.Network;
import nnet.trainer.LoadedNetwork;
import nnet.trainer.StandardLibrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Texts that grow by one token: each is computed once, and nothing comes out otherwise.
class GeneratorTest {

    private static final Sampling VARIED = new Sampling(1, 0, 1);

    private static final String TRANSFORMER = "Embedding(8, init: normal(0, 1)) -> LearntPositions(40, init: normal(0, 1))"
            + " -> repeat(2) { -> TransformerBlock(2, hidden: 16, causal: true) } -> Dense(7, softmax)";
    private static final String GROUPED = "Embedding(8, init: normal(0, 1)) -> MultiHeadAttention(4, groups: 2, causal: true, rotary: true)"
            + " -> SinusoidalPositions -> RMSNorm -> SwiGLU(8) -> Dense(7, softmax)";
    private static final String RECURRENT = "Embedding(8, init: normal(0, 1)) -> LSTM(6) -> GRU(6) -> Dense(7, softmax)";
    private static final String CONVOLVED = "Embedding(8, init: normal(0, 1)) -> TemporalConvolution([6, 9]) -> Dense(7, softmax)";
    private static final String LOOKING_AHEAD = "Embedding(8, init: normal(0, 1)) -> (x => transpose(convolve(transpose(x), ones([8, 8, 3]), padding: 1)))"
            + " -> Dense(7, softmax)";
    private static final String ALL_SEEING = "Embedding(8, init: normal(0, 1)) -> MultiHeadAttention(2) -> Dense(7, softmax)";
    private static final String AVERAGING = "Embedding(8, init: normal(0, 1)) -> (x => x + mean(x, axis: 0)) -> Dense(7, softmax)";

    private static Network network(String body) {
        return network(body, 40);
    }

    private static Network network(String body, int length) {
        Texts texts = new Texts(
                new Source("next.nnet",
                        "network Next(tokens: category(7)[LENGTH]) -> next: category(7)[LENGTH] { tokens -> ".replace("LENGTH", "" + length)
                                + body + " }"),
                List.of(), StandardLibrary.sources(), Map.of());
        LoadedNetwork.Outcome outcome = LoadedNetwork.compile(texts, List.of(Target.all().getFirst()), Journey.SILENT);
        return outcome.network().orElseThrow(() -> new AssertionError(outcome.diagnostics())).create(3);
    }

    private static int[] generated(Generator generator, int count) {
        generator.follow(1, 2, 3);
        int[] tokens = new int[count];
        Arrays.setAll(tokens, _ -> generator.next());
        return tokens;
    }

    /// More tokens than the network takes, so that it begins anew with the last ones in between.
    @ParameterizedTest
    @ValueSource(strings = {TRANSFORMER, GROUPED, RECURRENT, CONVOLVED})
    void tokenByTokenIsTheSameAsTheWholeSequence(String body) {
        Network network = network(body);
        Generator stepwise = new Generator(network, VARIED, 5);
        assertTrue(stepwise.isStepwise());
        int[] tokens = generated(stepwise, 100);
        assertArrayEquals(generated(new Generator(network, VARIED, 5, false), 100), tokens);
        assertEquals(7, Arrays.stream(tokens).distinct().count(), "texts vary");
    }

    @ParameterizedTest
    @ValueSource(strings = {TRANSFORMER, GROUPED, RECURRENT, CONVOLVED})
    void everyProbabilityIsTheSameToTheBit(String body) {
        everyProbabilityIsTheSameToTheBit(body, 40);
    }

    /// So many keys that the square of scores is never in memory, neither for one token nor for all.
    @Test
    void everyProbabilityIsTheSameToTheBitInALongContext() {
        everyProbabilityIsTheSameToTheBit("Embedding(8, init: normal(0, 1)) -> MultiHeadAttention(2, causal: true) -> Dense(7, softmax)",
                260);
    }

    private static void everyProbabilityIsTheSameToTheBit(String body, int length) {
        Network network = network(body, length);
        int[] tokens = new int[length];
        Arrays.setAll(tokens, i -> i * i % 7);
        float[] whole = new float[length * 7];
        network.prediction().input(0, tokens).output(0, whole).run(1);
        Decoder decoder = network.decoder().orElseThrow();
        for (int round = 0; round < 2; round++) {
            decoder.reset();
            float[] next = new float[7];
            for (int i = 0; i < length; i++) {
                decoder.advance(tokens[i], next);
                assertArrayEquals(Arrays.copyOfRange(whole, i * 7, i * 7 + 7), next, "after token " + i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ALL_SEEING, LOOKING_AHEAD})
    void aNetworkThatSeesLaterTokensIsNotAdvanced(String body) {
        Network network = network(body);
        assertTrue(network.decoder().isPresent());
        assertFalse(new Generator(network, VARIED, 5).isStepwise());
    }

    @Test
    void whatMixesAllPositionsHasNoProgramForOne() {
        Network network = network(AVERAGING);
        assertTrue(network.decoder().isEmpty());
        assertFalse(new Generator(network, VARIED, 5).isStepwise());
    }

    @Test
    void aSequenceEndsWhereTheNetworkEnds() {
        Decoder decoder = network(RECURRENT).decoder().orElseThrow();
        float[] next = new float[7];
        assertThrows(IllegalArgumentException.class, () -> decoder.advance(7, next));
        for (int i = 0; i < 40; i++) {
            decoder.advance(1, next);
        }
        assertEquals("the network takes 40 tokens", assertThrows(IllegalStateException.class, () -> decoder.advance(1, next)).getMessage());
    }
}
