package nnet.compiler.differentiate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nnet.compiler.tensor.Add;
import nnet.compiler.tensor.Batch;
import nnet.compiler.tensor.BatchSum;
import nnet.compiler.tensor.Broadcast;
import nnet.compiler.tensor.Builder;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Divide;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.tensor.Interpreter;
import nnet.compiler.tensor.Sigmoid;
import nnet.compiler.tensor.Size;
import nnet.compiler.tensor.Sum;
import nnet.compiler.tensor.Tanh;
import nnet.compiler.tensor.Tensor;
import nnet.compiler.tensor.Value;
import nnet.compiler.tensor.Verifier;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;
import org.junit.jupiter.api.Test;

class DifferentiateTest {

    /// 2 -> 3 tanh -> 1 sigmoid with squared error, of one example; the loss is the mean over the batch.
    private static Graph xor() {
        Builder b = new Builder("xor");
        Value x = b.input("bits", Role.DATA, TensorType.f32(2));
        Value target = b.input("target", Role.DATA, TensorType.f32(1));
        Value hidden = b.add(new Tanh(), dense(b, x, "hidden", 2, 3));
        Value y = b.add(new Sigmoid(), dense(b, hidden, "output", 3, 1));
        Value difference = b.minus(y, target);
        Value loss = b.add(new Sum(List.of(0)), b.times(difference, difference));
        b.output("y", Role.DATA, y);
        b.output("loss", Role.RESULT, b.add(new Divide(), b.add(new BatchSum(), loss), b.add(new Size(Dim.symbol("batch")))));
        return b.build();
    }

    private static Value dense(Builder b, Value x, String name, int inputs, int units) {
        Value weight = b.input(name + ".weight", Role.PARAMETER, TensorType.f32(inputs, units));
        Value bias = b.input(name + ".bias", Role.PARAMETER, TensorType.f32(units));
        return b.add(new Add(), b.add(new Contraction(List.of(0), List.of(0, 1), List.of(1)), x, weight),
                b.add(new Broadcast(Shape.of(units), List.of(0)), bias));
    }

    private static Map<String, Tensor> inputs() {
        Map<String, Tensor> inputs = new HashMap<>();
        inputs.put("bits", Tensor.f32(Shape.of(4, 2), 0, 0, 0, 1, 1, 0, 1, 1));
        inputs.put("target", Tensor.f32(Shape.of(4, 1), 0, 1, 1, 0));
        inputs.put("hidden.weight", Tensor.f32(Shape.of(2, 3), 0.5, -0.3, 0.8, 0.1, 0.9, -0.7));
        inputs.put("hidden.bias", Tensor.f32(Shape.of(3), 0.05, -0.1, 0.2));
        inputs.put("output.weight", Tensor.f32(Shape.of(3, 1), 0.4, -0.6, 0.3));
        inputs.put("output.bias", Tensor.f32(Shape.of(1), 0.15));
        return inputs;
    }

    private static final List<String> PARAMETERS = List.of("hidden.weight", "hidden.bias", "output.weight", "output.bias");

    @Test
    void theGradientOfABatchIsTheDifferenceQuotient() {
        Graph batched = Verifier.verify(Batch.batch(xor(), Dim.symbol("batch")));
        Graph gradient = Verifier.verify(Differentiate.gradients(batched, "loss", PARAMETERS));
        Map<String, Tensor> found = Interpreter.run(gradient, inputs());
        for (String parameter : PARAMETERS) {
            for (int i = 0; i < found.get(parameter).data().length; i++) {
                double expected = (lossWith(batched, parameter, i, 1e-6) - lossWith(batched, parameter, i, -1e-6)) / 2e-6;
                assertEquals(expected, found.get(parameter).data()[i], 1e-9, parameter + " " + i);
            }
        }
    }

    private static double lossWith(Graph graph, String parameter, int element, double change) {
        Map<String, Tensor> inputs = inputs();
        double[] data = inputs.get(parameter).data().clone();
        data[element] += change;
        inputs.put(parameter, new Tensor(inputs.get(parameter).type(), data));
        return Interpreter.run(graph, inputs).get("loss").data()[0];
    }

    @Test
    void nothingIsComputedForFrozenParameters() {
        Graph batched = Batch.batch(xor(), Dim.symbol("batch"));
        long contractions = batched.equations().stream().filter(equation -> equation.op() instanceof Contraction).count();
        Graph gradient = Differentiate.gradients(batched, "loss", List.of("output.bias"));
        assertEquals(contractions, gradient.equations().stream().filter(equation -> equation.op() instanceof Contraction).count());
    }

    @Test
    void aLossForEachExampleIsRefused() {
        Builder b = new Builder("losses");
        Value w = b.input("w", Role.PARAMETER, TensorType.f32(3));
        b.output("loss", Role.DATA, w);
        assertThrows(IllegalArgumentException.class, () -> Differentiate.gradients(b.build(), "loss", List.of("w")));
    }
}
