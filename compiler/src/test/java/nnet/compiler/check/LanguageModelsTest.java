package nnet.compiler.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import nnet.compiler.elaborate.Elaborate;
import nnet.compiler.model.Model;
import nnet.compiler.tensor.Interpreter;
import nnet.compiler.tensor.Tensor;
import org.junit.jupiter.api.Test;

/// The models of the literature have as many parameters as the literature says. They are put together, not computed: nothing of their size is allocated.
class LanguageModelsTest {

    private static long parameters(Model model) {
        return model.parameters().stream().mapToLong(parameter -> parameter.type().shape().size().size()).sum();
    }

    @Test
    void gpt2_small_has_124_million_parameters() {
        assertEquals(124_439_808, parameters(Library.model("""
                import nnet.models.GPT2Small
                network Text(tokens: category(50257)[16]) -> next: category(50257)[16] { tokens -> GPT2Small -> softmax }
                """)));
    }

    @Test
    void bert_base_has_109_million_parameters_with_its_pooler() {
        Model bert = Library.model("""
                import nnet.models.BERTBase
                network Text(tokens: category(30522)[16], segments: category(2)[16]) -> (words: [16, 768], whole: [768]) {
                  (tokens, segments) -> BERTBase
                }
                """);
        assertEquals(109_482_240, parameters(bert));
    }

    /// Vaswani et al. count 65 million for the base model, which shares one table of 37,000 tokens among both sides and the output.
    @Test
    void the_base_transformer_of_its_paper_has_65_million_parameters() {
        long body = parameters(Library.model("""
                network Translation(source: [8, 512], begun: [8, 512]) -> [8, 512] {
                  let memory = source -> SinusoidalPositions -> repeat(6) { -> TransformerBlock(8, 2048, pre_norm: false, activation: relu) }
                  begun -> SinusoidalPositions -> repeat(6) { (it, memory) -> DecoderBlock(8, 2048, pre_norm: false, activation: relu) }
                }
                """));
        long all = body + 37_000 * 512;
        assertTrue(all > 62_000_000 && all < 66_000_000, () -> all + " parameters");
    }

    /// Word vectors, three widths of filters with their biases.
    @Test
    void the_text_cnn_of_its_paper_learns_word_vectors_and_three_widths_of_filters() {
        assertEquals(18_765 * 300 + (3 + 4 + 5) * 300 * 100 + 3 * 100, parameters(textCnn("300, 100", 18_765, 50)));
    }

    @Test
    void what_a_text_cnn_finds_does_not_depend_on_padding() {
        Model shorter = textCnn("4, 3", 10, 6);
        Map<String, Tensor> parameters = Programs.initial(shorter, 5);
        double[] found = features(shorter, parameters, 3, 7, 2, 9, 0, 0);
        assertArrayEquals(found, features(textCnn("4, 3", 10, 9), parameters, 3, 7, 2, 9, 0, 0, 0, 0, 0), 0);
        assertArrayEquals(found, features(textCnn("4, 3", 10, 4), parameters, 3, 7, 2, 9), 0);
        assertTrue(Arrays.stream(found).anyMatch(value -> value > 0));
    }

    private static Model textCnn(String arguments, int vocabulary, int length) {
        return Library.model("import nnet.models.TextCNN\nnetwork Test(x: category(%d)[%d]) { x -> TextCNN(%s) }".formatted(vocabulary,
                length, arguments));
    }

    private static double[] features(Model model, Map<String, Tensor> parameters, double... words) {
        return Interpreter.run(Elaborate.infer(model), Programs.join(parameters, Map.of("x", Programs.categories(words)))).get("output")
                .data();
    }

    @Test
    void the_bound_of_the_context_is_kept() {
        Checked checked = Library.check("long.nnet", """
                import nnet.models.GPT
                network Text(tokens: category(65)[65]) -> next: category(65)[65] { tokens -> GPT(32, 1, 2, context: 64) -> softmax }
                """, Map.of());
        assertEquals("the sequence is longer than the learnt positions", checked.diagnostics().getFirst().title());
        assertEquals("long.nnet", checked.diagnostics().getFirst().labels().getFirst().span().source().name());
    }
}
