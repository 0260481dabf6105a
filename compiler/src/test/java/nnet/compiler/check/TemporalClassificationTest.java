package nnet.compiler.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import nnet.compiler.differentiate.Differentiate;
import nnet.compiler.elaborate.Elaborate;
import nnet.compiler.model.Model;
import nnet.compiler.optimise.Optimise;
import nnet.compiler.tensor.Batch;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Interpreter;
import nnet.compiler.tensor.Tensor;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;
import org.junit.jupiter.api.Test;

/// Connectionist temporal classification against the sum over all ways, one by one.
class TemporalClassificationTest {

    private static final int LENGTH = 5;
    private static final int KINDS = 3;

    private static double[] probabilities() {
        double[] p = new Random(2).doubles(LENGTH * KINDS, 0.1, 1).toArray();
        for (int t = 0; t < LENGTH; t++) {
            double sum = p[t * KINDS] + p[t * KINDS + 1] + p[t * KINDS + 2];
            for (int k = 0; k < KINDS; k++) {
                p[t * KINDS + k] /= sum;
            }
        }
        return p;
    }

    private static double loss(double[] p, double... target) {
        String network = "network Test(p: [5, 3], t: category(3)[" + target.length + "]) { ctc(p, t) }";
        return Programs.infer(network, Map.of("p", Programs.matrix(LENGTH, p), "t", Programs.categories(target)))[0];
    }

    /// The probability of all ways that leave the labels when repetitions, then blanks are left out.
    private static double enumerated(double[] p, List<Integer> labels) {
        double all = 0;
        for (int way = 0; way < Math.pow(KINDS, LENGTH); way++) {
            double probability = 1;
            List<Integer> left = new ArrayList<>();
            int last = 0;
            for (int t = 0, rest = way; t < LENGTH; t++, rest /= KINDS) {
                int label = rest % KINDS;
                probability *= p[t * KINDS + label];
                if (label != last && label != 0) {
                    left.add(label);
                }
                last = label;
            }
            all += left.equals(labels) ? probability : 0;
        }
        return all;
    }

    @Test
    void it_is_the_sum_over_all_ways_to_lay_the_labels_in_time() {
        double[] p = probabilities();
        for (List<Integer> labels : List.of(List.of(1), List.of(1, 2), List.of(2, 2), List.of(1, 2, 1), List.of(1, 1, 2),
                List.of(1, 2, 1, 2, 1))) {
            double[] target = labels.stream().mapToDouble(Integer::doubleValue).toArray();
            assertEquals(-Math.log(enumerated(p, labels)), loss(p, target), 1e-6, labels.toString());
        }
    }

    @Test
    void blanks_at_the_end_of_the_target_count_for_nothing() {
        double[] p = probabilities();
        assertEquals(loss(p, 1, 2), loss(p, 1, 2, 0, 0, 0), 1e-9);
        assertEquals(-Math.log(enumerated(p, List.of())), loss(p, 0, 0, 0), 1e-6);
    }

    @Test
    void what_cannot_fit_is_as_good_as_impossible() {
        assertTrue(loss(probabilities(), 1, 1, 1, 1) > 1e29);
    }

    @Test
    void its_gradient_is_that_of_the_formula() {
        Model model = Library.model("""
                network Test(x: [5, 2]) -> labels: category(3)[5] { x -> Dense(3, softmax) }
                train Test {
                  loss      = ctc
                  optimizer = SGD(rate: 0.1)
                }
                """);
        Graph loss = Optimise.simplify(Batch.batch(Elaborate.train(model.recipe().orElseThrow()), Dim.symbol("batch")));
        Graph gradient = Optimise.optimise(Differentiate.gradients(loss, "loss", List.of("dense1.weight", "dense1.bias")));
        double[] x = new Random(4).doubles(LENGTH * 2, -1, 1).toArray();
        Tensor examples = new Tensor(TensorType.f32(1, LENGTH, 2), x);
        Tensor target = new Tensor(examples.type().withElement(ElementType.I32)
                .withShape(Shape.of(1, LENGTH)), new double[]{1, 2, 2, 0, 0});
        Map<String, Tensor> values = Programs.join(Programs.initial(model, 6), Map.of("x", examples, "target", target));
        double[] found = Interpreter.run(gradient, values).entrySet().stream()
                .filter(entry -> entry.getKey().contains("dense1.weight")).findFirst().orElseThrow().getValue().data();
        Tensor weight = values.get("dense1.weight");
        for (int i = 0; i < weight.data().length; i++) {
            double slope = (moved(loss, values, weight, i, 1e-5) - moved(loss, values, weight, i, -1e-5)) / 2e-5;
            assertEquals(slope, found[i], 1e-6);
        }
    }

    private static double moved(Graph loss, Map<String, Tensor> values, Tensor weight, int element, double by) {
        double[] other = Arrays.copyOf(weight.data(), weight.data().length);
        other[element] += by;
        return Interpreter.run(loss, Programs.join(values, Map.of("dense1.weight", new Tensor(weight.type(), other)))).get("loss")
                .data()[0];
    }
}
