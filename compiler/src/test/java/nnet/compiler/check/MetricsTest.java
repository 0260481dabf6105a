package nnet.compiler.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import nnet.compiler.elaborate.Elaborate;
import nnet.compiler.model.Model;
import nnet.compiler.tensor.Tensor;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Metrics are of a whole split at once.
class MetricsTest {

    private static final Tensor Y = Programs.matrix(4, 0.9, 0.6, 0.2, 0.4);
    private static final double[] PROBABILITIES = {0.1, 0.2, 0.7, 0.5, 0.3, 0.2, 0.3, 0.4, 0.3, 0.9, 0.1, 0};
    private static final Tensor T = Programs.matrix(4, 1, 0, 0, 1);

    private static double metric(String metric, Tensor y, Tensor target) {
        Model model = Library.model("""
                network Test(x: [1]) -> y: [1] { x -> Dense(1) }
                train Test {
                  loss      = mean_squared_error
                  optimizer = SGD(rate: 0.1)
                  metrics   = [METRIC]
                }
                """.replace("METRIC", metric));
        return Programs.batched(Elaborate.metrics(model.recipe().orElseThrow()), Map.of("y", y, "target", target)).get(metric).data()[0];
    }

    @Test
    void errors_are_over_all_examples() {
        assertEquals((0.1 + 0.6 + 0.2 + 0.6) / 4, metric("mae", Y, T), 1e-12);
        assertEquals((0.01 + 0.36 + 0.04 + 0.36) / 4, metric("mse", Y, T), 1e-12);
        assertEquals(Math.sqrt((0.01 + 0.36 + 0.04 + 0.36) / 4), metric("rmse", Y, T), 1e-12);
    }

    @Test
    void r2_compares_with_the_mean_of_the_targets() {
        assertEquals(1 - (0.01 + 0.36 + 0.04 + 0.36) / 1.0, metric("r2", Y, T), 1e-12);
        assertEquals(1, metric("r2", T, T), 1e-12);
    }

    @Test
    void decisions_are_at_one_half() {
        assertEquals(0.5, metric("binary_accuracy", Y, T), 1e-12);
        assertEquals(0.5, metric("precision", Y, T), 1e-12);
        assertEquals(0.5, metric("recall", Y, T), 1e-12);
        assertEquals(0.5, metric("f1", Y, T), 1e-12);
    }

    @Test
    void shares_of_nothing_are_zero() {
        Tensor none = Programs.matrix(4, 0, 0, 0, 0);
        assertEquals(0, metric("precision", none, T), 0);
        assertEquals(0, metric("recall", Y, none), 0);
        assertEquals(0, metric("f1", none, none), 0);
    }

    @Test
    void a_loss_is_a_metric_too() {
        assertEquals((0.01 + 0.36 + 0.04 + 0.36) / 4, metric("mean_squared_error", Y, T), 1e-12);
    }

    /// Four examples are said to be 2, 0, 1 and 0; they are 2, 0, 0 and 1.
    private static double ofCategories(String metric) {
        Model model = Library.model("""
                network Test(x: [1]) -> kind: category(3) { x -> Dense(3, softmax) }
                train Test {
                  loss      = cross_entropy
                  optimizer = SGD(rate: 0.1)
                  metrics   = [METRIC]
                }
                """.replace("METRIC", metric));
        Tensor p = Programs.matrix(4, PROBABILITIES);
        return Programs
                .batched(Elaborate.metrics(model.recipe().orElseThrow()), Map.of("kind", p, "target", Programs.categories(2, 0, 0, 1)))
                .get(metric).data()[0];
    }

    @Test
    void accuracy_compares_the_most_probable_category() {
        assertEquals(0.5, ofCategories("accuracy"), 1e-12);
    }

    @Test
    void perplexity_is_the_inverse_of_the_geometric_mean_of_the_right_probabilities() {
        assertEquals(Math.pow(0.7 * 0.5 * 0.3 * 0.1, -0.25), ofCategories("perplexity"), 1e-9);
    }

    /// Three sequences of two elements, of which the second of the last one is padding. In the first and the last all is right, in the second one of two.
    @ParameterizedTest
    @CsvSource({"token_accuracy, 0.8", "sequence_accuracy, 0.66666666666666667"})
    void padding_of_sequences_does_not_count(String metric, double expected) {
        Model model = Library.model("""
                network Test(x: [1]) -> kinds: category(3)[2] { reshape(x -> Dense(6), [2, 3]) -> softmax }
                train Test { loss = sequence_cross_entropy; optimizer = SGD(rate: 0.1); metrics = [METRIC] }
                """.replace("METRIC", metric));
        Tensor kinds = new Tensor(TensorType.f32(3, 2, 3),
                new double[]{.1, .7, .2, .1, .1, .8, .2, .5, .3, .6, .3, .1, .3, .3, .4, 0, .9, .1});
        Tensor target = new Tensor(TensorType.f32(3, 2).withElement(ElementType.I32), new double[]{1, 2, 1, 1, 2, 0});
        assertEquals(expected, Programs
                .batched(Elaborate.metrics(model.recipe().orElseThrow()), Map.of("kinds", kinds, "target", target)).get(metric).data()[0],
                1e-12);
    }

    @Test
    void macro_metrics_are_means_over_the_categories() {
        assertEquals((0.5 + 0 + 1) / 3, ofCategories("macro_precision"), 1e-12);
        assertEquals((0.5 + 0 + 1) / 3, ofCategories("macro_recall"), 1e-12);
        assertEquals((2.0 / 4 + 0 + 1) / 3, ofCategories("macro_f1"), 1e-12);
        assertEquals((1.0 / 3 + 0 + 1) / 3, ofCategories("mean_iou"), 1e-12);
    }

    /// The same four examples, and a fourth category that is not there.
    @ParameterizedTest
    @ValueSource(strings = {"macro_precision", "macro_recall", "macro_f1", "mean_iou"})
    void a_category_that_is_not_there_counts_for_nothing(String metric) {
        Model model = Library.model("""
                network Test(x: [1]) -> kinds: category(4) { x -> Dense(4) -> softmax }
                train Test { loss = cross_entropy; optimizer = SGD(rate: 0.1); metrics = [METRIC] }
                """.replace("METRIC", metric));
        double[] probabilities = new double[16];
        for (int i = 0; i < PROBABILITIES.length; i++) {
            probabilities[i / 3 * 4 + i % 3] = PROBABILITIES[i];
        }
        Tensor target = new Tensor(TensorType.f32(4).withElement(ElementType.I32), new double[]{2, 0, 0, 1});
        assertEquals(ofCategories(metric),
                Programs.batched(Elaborate.metrics(model.recipe().orElseThrow()),
                        Map.of("kinds", new Tensor(TensorType.f32(4, 4), probabilities), "target", target))
                        .get(metric).data()[0],
                1e-12);
    }

    /// Two examples of two places each are the same four places.
    @ParameterizedTest
    @ValueSource(strings = {"accuracy", "perplexity", "macro_precision", "macro_recall", "macro_f1", "mean_iou"})
    void a_target_for_each_element_is_counted_like_as_many_examples(String metric) {
        Model model = Library.model("""
                network Test(x: [1]) -> kinds: category(3)[2] { reshape(x -> Dense(6), [2, 3]) -> softmax }
                train Test { loss = cross_entropy; optimizer = SGD(rate: 0.1); metrics = [METRIC] }
                """.replace("METRIC", metric));
        Tensor kinds = new Tensor(TensorType.f32(2, 2, 3), PROBABILITIES);
        Tensor target = new Tensor(TensorType.f32(2, 2).withElement(ElementType.I32), new double[]{2, 0, 0, 1});
        assertEquals(ofCategories(metric), Programs
                .batched(Elaborate.metrics(model.recipe().orElseThrow()), Map.of("kinds", kinds, "target", target)).get(metric).data()[0],
                1e-12);
    }

    @Test
    void metrics_of_several_outputs_say_which_they_look_at() {
        Model model = Library.model("""
                network Heads(x: [4]) -> (kind: category(3), size: [1]) { (x -> Dense(3, softmax), x -> Dense(1)) }
                train Heads {
                  loss      = cross_entropy(kind, target.kind) + mean_squared_error(size, target.size)
                  optimizer = SGD(rate: 0.1)
                  metrics   = [accuracy(kind, target.kind), mae(size, target.size), mean(size - target.size)]
                }
                """);
        Tensor p = Programs.matrix(4, 0.1, 0.2, 0.7, 0.5, 0.3, 0.2, 0.3, 0.4, 0.3, 0.9, 0.1, 0);
        Map<String, Tensor> metrics = Programs.batched(Elaborate.metrics(model.recipe().orElseThrow()),
                Map.of("kind", p, "target_kind", Programs.categories(2, 0, 0, 1), "size", Y, "target_size", T));
        assertEquals(0.5, metrics.get("accuracy(kind, target.kind)").data()[0], 1e-12);
        assertEquals((0.1 + 0.6 + 0.2 + 0.6) / 4, metrics.get("mae(size, target.size)").data()[0], 1e-12);
        assertEquals((-0.1 + 0.6 + 0.2 - 0.6) / 4, metrics.get("mean(size - target.size)").data()[0], 1e-12);
    }

    @Test
    void an_expression_is_a_metric_of_one_output_too() {
        assertEquals((0.1 + 0.6 + 0.2 + 0.6) / 4, metric("mean(abs(y - target))", Y, T), 1e-12);
    }
}
