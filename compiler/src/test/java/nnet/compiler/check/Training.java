package nnet.compiler.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import nnet.compiler.differentiate.Differentiate;
import nnet.compiler.elaborate.Elaborate;
import nnet.compiler.model.Model;
import nnet.compiler.model.Parameter;
import nnet.compiler.schedule.Target;
import nnet.compiler.tensor.Batch;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.tensor.Interpreter;
import nnet.compiler.tensor.Tensor;
import nnet.compiler.tensor.Verifier;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// The first step of a training, on the interpreter: random examples, first values of the parameters, and all gradients.
final class Training {

    private static final int EXAMPLES = 2;

    private final Model model;
    private final Graph loss;
    private final Map<String, Tensor> values;
    private final Map<String, Tensor> gradients = new LinkedHashMap<>();

    private Training(Model model, Graph loss) {
        this.model = model;
        this.loss = loss;
        this.values = new LinkedHashMap<>(Programs.initial(model, 3));
        Random random = new Random(1);
        loss.inputs().stream().filter(input -> input.role() == Role.DATA)
                .forEach(input -> values.put(input.name(), examples(input.value().type(), random)));
        values.put("key", Programs.key(4));
    }

    /// The first step of a network with a recipe; categories are 0 or 1.
    static Training of(String network) {
        Model model = Library.model(network);
        Graph loss = Verifier.verify(Batch.batch(Elaborate.train(model.recipe().orElseThrow()), Dim.symbol("batch")));
        Training training = new Training(model, loss);
        List<String> trainable = model.parameters().stream().map(Parameter::path).toList();
        Map<String, Tensor> results = Interpreter.run(Verifier.verify(Differentiate.gradients(loss, "loss", trainable)), training.values);
        trainable.forEach(path -> training.gradients.put(path, results.get(path)));
        return training;
    }

    private static Tensor examples(TensorType type, Random random) {
        int[] sizes = type.shape().dims().stream().mapToInt(dim -> dim.isFixed() ? dim.size() : EXAMPLES).toArray();
        double[] data = new double[IntStream.of(sizes).reduce(1, Math::multiplyExact)];
        Arrays.setAll(data, _ -> type.element() == ElementType.I32 ? random.nextInt(2) : random.nextGaussian());
        return new Tensor(type.withShape(Shape.of(sizes)), data);
    }

    /// The loss grows along the gradient as fast as the gradient says: (L(w + t g) - L(w - t g)) / 2t = |g|^2.
    ///
    /// Rounding shows in the seventh digit only. The rest of the tolerance is for a unit whose kink (relu) lies within the step: with shorter steps such a network comes
    /// to 1.0000000 as well.
    void hasTheSlopeOfItsGradient() {
        double square = gradients.values().stream().flatMapToDouble(gradient -> Arrays.stream(gradient.data())).map(g -> g * g).sum();
        double step = 1e-7 / Math.sqrt(square);
        double slope = (lossAt(step) - lossAt(-step)) / (2 * step);
        assertEquals(1, slope / square, 1e-3, "slope along the gradient, as a share of the square of the gradient " + square);
    }

    /// All programs of the network and of its training become class files.
    void compiles() {
        ClassFiles.compile(model, Target.VECTOR256);
    }

    private double lossAt(double step) {
        Map<String, Tensor> moved = new LinkedHashMap<>(values);
        gradients.forEach((path, gradient) -> {
            double[] data = values.get(path).data().clone();
            Arrays.setAll(data, i -> data[i] + step * gradient.data()[i]);
            moved.put(path, new Tensor(gradient.type(), data));
        });
        return Interpreter.run(loss, moved).get("loss").data()[0];
    }
}
