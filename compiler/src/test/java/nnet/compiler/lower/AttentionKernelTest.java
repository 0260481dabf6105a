package nnet.compiler.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import nnet.compiler.differentiate.Differentiate;
import nnet.compiler.tensor.Attention;
import nnet.compiler.tensor.Batch;
import nnet.compiler.tensor.BatchSum;
import nnet.compiler.tensor.Builder;
import nnet.compiler.tensor.Compare;
import nnet.compiler.tensor.Constant;
import nnet.compiler.tensor.Divide;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.tensor.Interpreter;
import nnet.compiler.tensor.Size;
import nnet.compiler.tensor.Sum;
import nnet.compiler.tensor.Tensor;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Attention and its pullback, over blocks that are full and blocks that are not: the same bits on every machine, in any order, compiled and interpreted.
class AttentionKernelTest extends AgreementTest {

    @Override
    Stream<Graph> graphs() {
        List<Integer> none = List.of();
        Attention plain = new Attention(List.of(4, 0, 2), List.of(4, 1, 2), List.of(4, 1, 3), List.of(0, 4, 3), none, 0.4, false, none);
        Attention causal = new Attention(List.of(0, 4, 2), List.of(4, 2, 1), List.of(1, 4, 3), List.of(4, 0, 3), none, 1, true, none);
        Attention shared = new Attention(List.of(4, 0, 2), List.of(1, 2), List.of(1, 3), List.of(0, 4, 3), List.of(1), 0.4, false, none);
        return Stream.of(gradient("plain", plain, 20, 70), gradient("causal", causal, 66, 66), gradient("one", causal, 1, 80),
                gradient("shared", shared, 5, 66));
    }

    /// Of two heads with 5 features and 18 columns of values; what is pulled back is the sum of squares of the means.
    private static Graph gradient(String name, Attention op, int queries, int keys) {
        Builder b = new Builder(name);
        int[] sizes = {queries, keys, 5, 18, 2};
        Value x = b.input("x", Role.DATA, TensorType.f32(sizes(op.query(), sizes)));
        Value k = b.input("k", Role.PARAMETER, TensorType.f32(sizes(op.key(), sizes)));
        Value v = b.input("v", Role.PARAMETER, TensorType.f32(sizes(op.value(), sizes)));
        Value w = b.input("w", Role.PARAMETER, x.type());
        List<Value> operands = new ArrayList<>(List.of(b.times(x, w), k, v));
        if (!op.mask().isEmpty()) {
            operands.add(b.compare(Compare.Relation.LESS, b.input("there", Role.DATA, TensorType.f32(keys)),
                    b.constant(TensorType.f32(keys), 0.8)));
        }
        if (op.causal()) {
            operands.add(b.add(new Constant(new TensorType(ElementType.I32, Shape.SCALAR), queries == 1 ? 70 : 0)));
        }
        Value means = b.addAll(op, operands).getFirst();
        b.output("means", Role.DATA, means);
        Value loss = b.add(new Sum(List.of(0, 1, 2)), b.times(means, means));
        b.output("loss", Role.RESULT, b.add(new Divide(), b.add(new BatchSum(), loss), b.add(new Size(Examples.BATCH))));
        return Differentiate.gradients(Batch.batch(b.build(), Examples.BATCH), "loss", List.of("k", "v", "w"));
    }

    private static int[] sizes(List<Integer> labels, int[] sizes) {
        return labels.stream().mapToInt(label -> sizes[label]).toArray();
    }

    /// Its graphs are large.
    @Override
    int examples() {
        return 1;
    }

    @Override
    int examplesForBits() {
        return 1;
    }

    /// Central differences of the loss for some elements of every parameter.
    @ParameterizedTest
    @MethodSource("graphs")
    void theGradientIsTheDifferenceQuotient(Graph graph) {
        List<Tensor> inputs = Examples.inputs(graph, 1);
        List<Tensor> outputs = Interpreter.run(graph, inputs);
        for (int i = 0; i < inputs.size(); i++) {
            String name = graph.inputs().get(i).name();
            if (graph.inputs().get(i).role() == Role.PARAMETER) {
                Tensor gradient = outputs.get(position(graph, name));
                for (int element = 0; element < gradient.data().length; element += 1 + gradient.data().length / 4) {
                    assertEquals(slope(graph, inputs, i, element), gradient.data()[element], 1e-6, name + " " + element);
                }
            }
        }
    }

    private static int position(Graph graph, String output) {
        return graph.outputs().stream().map(Graph.Output::name).toList().indexOf(output);
    }

    private static double slope(Graph graph, List<Tensor> inputs, int input, int element) {
        double step = 1e-5;
        double[] losses = new double[2];
        for (int side = 0; side < 2; side++) {
            double[] data = inputs.get(input).data().clone();
            data[element] += side == 0 ? step : -step;
            List<Tensor> changed = new ArrayList<>(inputs);
            changed.set(input, new Tensor(inputs.get(input).type(), data));
            losses[side] = Interpreter.run(graph, changed).get(position(graph, "loss")).data()[0];
        }
        return (losses[0] - losses[1]) / (2 * step);
    }
}
