package nnet.compiler.check;

import java.util.LinkedHashMap;
import java.util.Map;
import nnet.compiler.elaborate.Elaborate;
import nnet.compiler.model.Model;
import nnet.compiler.tensor.Batch;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Interpreter;
import nnet.compiler.tensor.Tensor;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// Runs programs of networks on the interpreter, in double precision.
final class Programs {

    private Programs() {
    }

    static Tensor vector(double... values) {
        return new Tensor(TensorType.f32(values.length), values);
    }

    static Tensor matrix(int rows, double... values) {
        return new Tensor(TensorType.f32(rows, values.length / rows), values);
    }

    static Tensor scalar(double value) {
        return new Tensor(TensorType.f32(), new double[]{value});
    }

    static Tensor categories(double... values) {
        return new Tensor(TensorType.f32(values.length).withElement(ElementType.I32), values);
    }

    static Tensor step(int step) {
        return new Tensor(TensorType.scalar(ElementType.I32), new double[]{step});
    }

    static Tensor key(int seed) {
        return categories(seed, 0, 0);
    }

    /// The single output of a network without parameters.
    static double[] infer(String network, Map<String, Tensor> inputs) {
        return Interpreter.run(Elaborate.infer(Library.model(network)), inputs).values().iterator().next().data();
    }

    /// An expression over the vector `x`.
    static double[] ofVector(String expression, double... x) {
        return infer("network Test(x: [" + x.length + "]) {\n" + expression + "\n}", Map.of("x", vector(x)));
    }

    /// All parameters and states, as `initialize` makes them.
    static Map<String, Tensor> initial(Model model, int seed) {
        return Interpreter.run(Elaborate.initialize(model), Map.of("key", key(seed)));
    }

    static Map<String, Tensor> batched(Graph graph, Map<String, Tensor> inputs) {
        return Interpreter.run(Batch.batch(graph, Dim.symbol("batch")), inputs);
    }

    @SafeVarargs
    static Map<String, Tensor> join(Map<String, Tensor>... maps) {
        Map<String, Tensor> all = new LinkedHashMap<>();
        for (Map<String, Tensor> map : maps) {
            all.putAll(map);
        }
        return all;
    }
}
