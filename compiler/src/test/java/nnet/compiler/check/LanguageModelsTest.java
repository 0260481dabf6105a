package nnet.compiler.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import nnet.compiler.model.Model;
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
