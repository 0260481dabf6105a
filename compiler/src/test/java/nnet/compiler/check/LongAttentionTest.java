package nnet.compiler.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nnet.compiler.elaborate.Elaborate;
import nnet.compiler.model.Model;
import nnet.compiler.optimise.Optimise;
import nnet.compiler.tensor.Attention;
import nnet.compiler.tensor.Batch;
import nnet.compiler.tensor.Examples;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Interpreter;
import nnet.compiler.tensor.Tensor;
import nnet.compiler.type.Dim;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// softmax(q @ k^T) @ v over many keys is one operation, however it is written.
class LongAttentionTest {

    private static List<Attention> attentions(Graph graph) {
        return graph.equations().stream().filter(equation -> equation.op() instanceof Attention).map(equation -> (Attention) equation.op())
                .toList();
    }

    private static Graph batched(String network) {
        return Batch.batch(Elaborate.infer(Library.model(network)), Dim.symbol("batch"));
    }

    private static Attention found(String network) {
        Graph graph = batched(network);
        Graph optimised = Optimise.optimise(graph);
        assertEquals(1, attentions(optimised).size(), network);
        sameMeaning(network, graph, optimised);
        return attentions(optimised).getFirst();
    }

    private static void sameMeaning(String network, Graph graph, Graph optimised) {
        Model model = Library.model(network);
        Map<String, Tensor> inputs = new HashMap<>(Programs.initial(model, 3));
        for (Graph.Input input : graph.inputs()) {
            int[] sizes = input.value().shape().dims().stream().mapToInt(dim -> dim.isFixed() ? dim.size() : 2).toArray();
            inputs.computeIfAbsent(input.name(), _ -> input.value().type().element().isFloating()
                    ? Examples.tensor(i -> Math.sin(1 + 0.7 * i), sizes)
                    : Examples.integers(i -> i % 200 < 150 ? i % 7 : 0, sizes));
        }
        Map<String, Tensor> expected = Interpreter.run(graph, inputs);
        Interpreter.run(optimised, inputs).forEach((name, value) -> assertArrayEquals(expected.get(name).data(), value.data(), 1e-9, name));
    }

    @Test
    void plain() {
        Attention op = found("network Test(q: [3, 4], k: [256, 4], v: [256, 2]) { attention(q, k, v) }");
        assertEquals(0.5, op.scale());
        assertEquals(List.of(false, true), List.of(op.causal(), op.mask().isEmpty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MultiHeadAttention(2, causal: true)", "MultiHeadAttention(4, groups: 2, causal: true, rotary: true)"})
    void causal(String layer) {
        assertEquals(true, found("network Test(x: [256, 8]) { x -> " + layer + " }").causal());
    }

    @Test
    void withAMask() {
        Attention op = found("network Test(words: category(9)[256]) { words -> Embedding(4) -> MultiHeadAttention(2, mask: words != 0) }");
        assertEquals(2, op.mask().size());
        Attention both = found(
                "network Test(words: category(9)[256]) { words -> Embedding(4) -> MultiHeadAttention(2, causal: true, mask: words != 0) }");
        assertEquals(List.of(true, 2), List.of(both.causal(), both.mask().size()));
    }

    @Test
    void ofAnotherSequence() {
        found("network Test(x: [3, 4], memory: [300, 6]) { (x, memory) -> CrossAttention(2) }");
    }

    @Test
    void asInATextBook() {
        found("network Test(x: [256, 4]) { param w: [4, 4] = normal(0, 1)\n let scores = x @ w @ transpose(x)\n softmax(0.25 * scores) @ x }");
    }

    @ParameterizedTest
    @ValueSource(strings = {"network Test(q: [3, 4], k: [255, 4], v: [255, 2]) { attention(q, k, v) }",
        "network Test(x: [256, 256], v: [256, 4]) { softmax(x) @ v }",
        "network Test(q: [3, 4], k: [256, 4]) { softmax(q @ transpose(k)) }",
        "network Test(q: [3, 4], k: [256, 4], v: [256, 2], b: [3, 256]) { softmax(q @ transpose(k) + b) @ v }"})
    void fewKeysOtherScoresAndWeightsThatAreWantedStayAsTheyAre(String network) {
        assertEquals(List.of(), attentions(Optimise.optimise(batched(network))));
    }
}
