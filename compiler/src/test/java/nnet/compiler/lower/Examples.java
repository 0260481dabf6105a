package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import nnet.compiler.differentiate.Differentiate;
import nnet.compiler.tensor.Add;
import nnet.compiler.tensor.ArgMax;
import nnet.compiler.tensor.Batch;
import nnet.compiler.tensor.BatchSum;
import nnet.compiler.tensor.Broadcast;
import nnet.compiler.tensor.Builder;
import nnet.compiler.tensor.Concatenate;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Convert;
import nnet.compiler.tensor.Divide;
import nnet.compiler.tensor.Exp;
import nnet.compiler.tensor.Gather;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.tensor.Iota;
import nnet.compiler.tensor.Log;
import nnet.compiler.tensor.Max;
import nnet.compiler.tensor.Maximum;
import nnet.compiler.tensor.Multiply;
import nnet.compiler.tensor.Orthonormalize;
import nnet.compiler.tensor.Pad;
import nnet.compiler.tensor.Power;
import nnet.compiler.tensor.RandomUniform;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.Reverse;
import nnet.compiler.tensor.ScatterAdd;
import nnet.compiler.tensor.Sigmoid;
import nnet.compiler.tensor.Size;
import nnet.compiler.tensor.Slice;
import nnet.compiler.tensor.Sqrt;
import nnet.compiler.tensor.StopGradient;
import nnet.compiler.tensor.Sum;
import nnet.compiler.tensor.Tanh;
import nnet.compiler.tensor.Tensor;
import nnet.compiler.tensor.Transpose;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// Graphs to lower, as elaboration, batching and differentiation make them.
public final class Examples {

    public static final Dim BATCH = Dim.symbol("batch");

    private Examples() {
    }

    public static List<Graph> all() {
        return List.of(xor(), mlp(20, 33, 10), mlp(520, 20, 12), adam(100), adam(4500), layerNorm(48), layerNorm(7), batchNorm(19),
                movements(), choices(),
                random(), doubles(), orthogonal(7, 4), orthogonal(3, 9), contractions(), gathers(), penalty(), nothing(),
                centred(false), centred(true),
                product(BATCH, 21, 70), product(BATCH, 1030, 5), product(Dim.of(150), 20, 100), product(Dim.of(224), 9, 130),
                product(Dim.of(3), 515, 70),
                inputGradient(30, 100), weightGradient(130, 70), weightGradient(20, 3));
    }

    /// 2 -> 8 tanh -> 1 sigmoid with squared error.
    public static Graph xor() {
        Builder b = new Builder("xor");
        Value x = b.input("bits", Role.DATA, TensorType.f32(2));
        Value target = b.input("target", Role.DATA, TensorType.f32(1));
        Value y = b.add(new Sigmoid(), dense(b, b.add(new Tanh(), dense(b, x, "hidden", 2, 8)), "output", 8, 1));
        Value difference = b.minus(y, target);
        return gradient(b, b.add(new Sum(List.of(0)), b.times(difference, difference)));
    }

    /// relu, softmax and cross-entropy, in the stable form that `optimise` leaves.
    public static Graph mlp(int inputs, int hidden, int classes) {
        Builder b = new Builder("mlp");
        Value x = b.input("image", Role.DATA, TensorType.f32(inputs));
        Value target = b.input("digit", Role.DATA, new TensorType(ElementType.I32, Shape.SCALAR));
        Value z = dense(b, x, "hidden", inputs, hidden);
        Value logits = dense(b, b.add(new Maximum(), z, b.like(z, 0)), "output", hidden, classes);
        Value max = b.add(new StopGradient(), b.add(new Max(List.of(0)), logits));
        Value shifted = b.minus(logits, b.broadcast(max, logits.shape()));
        Value sum = b.add(new Sum(List.of(0)), b.add(new Exp(), shifted));
        return gradient(b, b.minus(b.add(new Log(), sum), b.add(new Gather(0), shifted, target)));
    }

    private static Graph gradient(Builder b, Value loss) {
        b.output("loss", Role.RESULT, b.add(new Divide(), b.add(new BatchSum(), loss), b.add(new Size(BATCH))));
        Graph graph = b.build();
        List<String> parameters = graph.inputs().stream().filter(input -> input.role() == Role.PARAMETER).map(Graph.Input::name).toList();
        return Differentiate.gradients(Batch.batch(graph, BATCH), "loss", parameters);
    }

    private static Value dense(Builder b, Value x, String name, int inputs, int units) {
        Value weight = b.input(name + ".weight", Role.PARAMETER, TensorType.f32(inputs, units));
        Value bias = b.input(name + ".bias", Role.PARAMETER, TensorType.f32(units));
        return b.add(new Add(), b.add(new Contraction(List.of(0), List.of(0, 1), List.of(1)), x, weight),
                b.add(new Broadcast(Shape.of(units), List.of(0)), bias));
    }

    /// One step of Adam over all parameters, in place.
    public static Graph adam(int parameters) {
        Builder b = new Builder("adam");
        TensorType flat = TensorType.f32(parameters);
        Value w = b.input("parameters", Role.PARAMETER, flat);
        Value g = b.input("gradient", Role.GRADIENT, flat);
        Value m = b.input("m", Role.OPTIMIZER, flat);
        Value v = b.input("v", Role.OPTIMIZER, flat);
        Value step = b.add(new Convert(ElementType.F32), b.input("step", Role.CONTROL, TensorType.scalar(ElementType.I32)));
        Value m1 = b.plus(b.times(b.like(m, 0.9), m), b.times(b.like(g, 0.1), g));
        Value v1 = b.plus(b.times(b.like(v, 0.99), v), b.times(b.like(g, 0.01), b.times(g, g)));
        Value mean = b.over(m1, b.broadcast(b.minus(b.like(step, 1), b.add(new Power(), b.like(step, 0.9), step)), m.shape()));
        Value variance = b.over(v1, b.broadcast(b.minus(b.like(step, 1), b.add(new Power(), b.like(step, 0.99), step)), m.shape()));
        Value change = b.over(b.times(b.like(w, 0.001), mean), b.plus(b.add(new Sqrt(), variance), b.like(w, 1e-8)));
        b.output("m", Role.OPTIMIZER, m1);
        b.output("v", Role.OPTIMIZER, v1);
        b.output("parameters", Role.PARAMETER, b.minus(w, change));
        return b.build();
    }

    public static Graph layerNorm(int features) {
        Builder b = new Builder("layer_norm");
        Value x = b.input("x", Role.DATA, TensorType.f32(features));
        Value gain = b.input("gain", Role.PARAMETER, TensorType.f32(features));
        Value centred = b.minus(x, b.broadcast(mean(b, x), x.shape()));
        Value variance = mean(b, b.times(centred, centred));
        Value normal = b.over(centred, b.broadcast(b.add(new Sqrt(), b.plus(variance, b.like(variance, 1e-5))), x.shape()));
        return gradient(b, b.add(new Sum(List.of(0)), b.add(new Tanh(), b.times(normal, gain))));
    }

    private static Value mean(Builder b, Value x) {
        return b.over(b.add(new Sum(List.of(0)), x), b.add(new Size(x.shape().dim(0))));
    }

    public static Graph batchNorm(int features) {
        Builder b = new Builder("batch_norm");
        Value x = b.input("x", Role.DATA, TensorType.f32(features));
        Value gain = b.input("gain", Role.PARAMETER, TensorType.f32(features));
        Value size = b.broadcast(b.add(new Size(BATCH)), x.shape());
        Value centred = b.minus(x, b.over(b.add(new BatchSum(), x), size));
        Value variance = b.over(b.add(new BatchSum(), b.times(centred, centred)), size);
        Value normal = b.over(centred, b.add(new Sqrt(), b.plus(variance, b.like(variance, 1e-5))));
        return gradient(b, b.add(new Sum(List.of(0)), b.add(new Tanh(), b.times(normal, gain))));
    }

    public static Graph movements() {
        Builder b = new Builder("movements");
        Value x = b.input("x", Role.DATA, new TensorType(ElementType.F32, Shape.of(BATCH, Dim.of(4), Dim.of(6))));
        Value y = b.add(new Transpose(List.of(2, 0, 1)), x);
        b.output("transposed", Role.RESULT, y);
        b.output("split", Role.RESULT, b.add(new Reshape(Shape.of(BATCH, Dim.of(8), Dim.of(3))), b.add(new Exp(), x)));
        b.output("resplit", Role.RESULT, b.add(new Reshape(Shape.of(Dim.of(3), Dim.of(8).times(BATCH))), y));
        b.output("reverse", Role.RESULT, b.add(new Reverse(1), x));
        Value slice = b.add(new Slice(2, 1, Dim.of(3), 2), x);
        b.output("slice", Role.RESULT, slice);
        b.output("pad", Role.RESULT, b.add(new Pad(2, 1, 2, 1), slice));
        b.output("concatenate", Role.RESULT, b.add(new Concatenate(2), slice, x, slice));
        b.output("again", Role.RESULT, x);
        b.output("iota", Role.RESULT, b.add(new Add(), x, b.add(new Iota(x.type(), 1))));
        b.output("sums", Role.RESULT, b.add(new Sum(List.of(0, 2)), x));
        b.output("whole", Role.RESULT, b.add(new Sum(List.of(0, 1, 2)), x));
        b.output("middle", Role.RESULT, b.add(new Sum(List.of(1)), b.add(new Exp(), x)));
        return b.build();
    }

    public static Graph choices() {
        Builder b = new Builder("choices");
        Value x = b.input("x", Role.DATA, new TensorType(ElementType.F32, Shape.of(BATCH, Dim.of(20))));
        b.output("class", Role.RESULT, b.add(new ArgMax(1), x));
        b.output("example", Role.RESULT, b.add(new ArgMax(0), x));
        b.output("max", Role.RESULT, b.add(new Max(List.of(1)), x));
        b.output("maxima", Role.RESULT, b.add(new Max(List.of(0)), x));
        return b.build();
    }

    public static Graph random() {
        Builder b = new Builder("random");
        Value key = b.input("key", Role.CONTROL, new TensorType(ElementType.I32, Shape.of(3)));
        b.output("u", Role.RESULT, b.add(new RandomUniform(Shape.of(5, 30), 7), key));
        return b.build();
    }

    public static Graph doubles() {
        Builder b = new Builder("doubles");
        Value x = b.input("x", Role.DATA, new TensorType(ElementType.F64, Shape.of(BATCH, Dim.of(40))));
        Value y = b.input("y", Role.DATA, new TensorType(ElementType.F64, Shape.of(40, 20)));
        b.output("product", Role.RESULT, b.add(new Contraction(List.of(0, 1), List.of(1, 2), List.of(0, 2)), x, y));
        b.output("sum", Role.RESULT, b.add(new Sum(List.of(1)), b.times(x, x)));
        return b.build();
    }

    public static Graph orthogonal(int rows, int columns) {
        Builder b = new Builder("orthogonal");
        b.output("q", Role.RESULT, b.add(new Orthonormalize(), b.input("x", Role.DATA, TensorType.f32(rows, columns))));
        return b.build();
    }

    /// Products in all positions of their operands.
    public static Graph contractions() {
        Builder b = new Builder("contractions");
        Value x = b.input("x", Role.DATA, new TensorType(ElementType.F32, Shape.of(BATCH, Dim.of(3), Dim.of(5))));
        Value y = b.input("y", Role.DATA, TensorType.f32(3, 5, 7));
        Value z = b.input("z", Role.DATA, TensorType.f32(5, 9));
        b.output("both", Role.RESULT, b.add(new Contraction(List.of(0, 1, 2), List.of(1, 2, 3), List.of(0, 3)), x, y));
        b.output("batched", Role.RESULT, b.add(new Contraction(List.of(0, 1, 2), List.of(1, 2, 3), List.of(1, 0, 3)), x, y));
        b.output("swapped", Role.RESULT, b.add(new Contraction(List.of(0, 1, 2), List.of(2, 3), List.of(3, 0, 1)), x, z));
        b.output("outer", Role.RESULT, b.add(new Contraction(List.of(0, 1, 2), List.of(3, 4), List.of(0, 3)), x, z));
        b.output("square", Role.RESULT, b.add(new Contraction(List.of(0, 1, 2), List.of(3, 1, 2), List.of(0, 3)), x, x));
        b.output("gram", Role.RESULT, b.add(new Contraction(List.of(0, 1), List.of(0, 2), List.of(2, 1)), z, b.add(new Exp(), z)));
        b.output("dot", Role.RESULT, b.add(new Contraction(List.of(0, 1), List.of(0, 1), List.of()), z, z));
        b.output("scaled", Role.RESULT, b.add(new Contraction(List.of(0, 1), List.of(0), List.of(0, 1)), z, b.add(new Sum(List.of(1)), z)));
        b.output("transposed", Role.RESULT, b.add(new Multiply(), b.add(new Contraction(List.of(1, 0), List.of(2, 0), List.of(2, 1)),
                b.add(new Transpose(List.of(1, 0)), z), b.add(new Reshape(Shape.of(21, 5)), b.add(new Transpose(List.of(0, 2, 1)), y))),
                b.constant(TensorType.f32(21, 9), 2)));
        return b.build();
    }

    /// `[rows, inner] @ [inner, columns]`, with an epilogue that is too long for registers.
    public static Graph product(Dim rows, int inner, int columns) {
        Builder b = new Builder("product_" + rows + "_" + inner + "_" + columns);
        Value x = b.input("x", Role.DATA, new TensorType(ElementType.F32, Shape.of(rows, Dim.of(inner))));
        Value w = b.input("w", Role.PARAMETER, TensorType.f32(inner, columns));
        b.output("y", Role.RESULT, b.add(new Tanh(), b.add(new Contraction(List.of(0, 1), List.of(1, 2), List.of(0, 2)), x, w)));
        return b.build();
    }

    /// `dz @ transpose(w)`, times the derivative of tanh.
    public static Graph inputGradient(int inner, int columns) {
        Builder b = new Builder("input_gradient");
        Value dz = b.input("dz", Role.DATA, new TensorType(ElementType.F32, Shape.of(BATCH, Dim.of(inner))));
        Value w = b.input("w", Role.PARAMETER, TensorType.f32(columns, inner));
        Value h = b.input("h", Role.DATA, new TensorType(ElementType.F32, Shape.of(BATCH, Dim.of(columns))));
        Value dh = b.add(new Contraction(List.of(0, 1), List.of(2, 1), List.of(0, 2)), dz, w);
        b.output("dz", Role.RESULT, b.times(dh, b.minus(b.like(h, 1), b.times(h, h))));
        return b.build();
    }

    /// `transpose(x) @ dz`: contracted along the batch.
    public static Graph weightGradient(int inputs, int columns) {
        Builder b = new Builder("weight_gradient_" + inputs + "_" + columns);
        Value x = b.input("x", Role.DATA, new TensorType(ElementType.F32, Shape.of(BATCH, Dim.of(inputs))));
        Value dz = b.input("dz", Role.DATA, new TensorType(ElementType.F32, Shape.of(BATCH, Dim.of(columns))));
        b.output("dw", Role.RESULT, b.add(new Contraction(List.of(0, 1), List.of(0, 2), List.of(1, 2)), x, dz));
        return b.build();
    }

    /// `(x @ w - mean(x @ w)) @ v`: what is left of the first product when the mean is known is needed no more, unless it is asked for.
    public static Graph centred(boolean alsoProduct) {
        Builder b = new Builder(alsoProduct ? "centred_and_product" : "centred");
        Value x = b.input("x", Role.DATA, TensorType.f32(140, 5));
        Value product = b.add(new Contraction(List.of(0, 1), List.of(1, 2), List.of(0, 2)), x,
                b.input("w", Role.PARAMETER, TensorType.f32(5, 67)));
        Value mean = b.add(new Sum(List.of(0)), b.over(product, b.like(product, 140)));
        Value centred = b.minus(product, b.broadcast(mean, product.shape()));
        b.output("y", Role.RESULT, b.add(new Contraction(List.of(0, 1), List.of(1, 2), List.of(0, 2)), centred,
                b.input("v", Role.PARAMETER, TensorType.f32(67, 3))));
        if (alsoProduct) {
            Value last = b.add(new Contraction(List.of(0, 1), List.of(0, 2), List.of(1, 2)), product, centred);
            b.output("square", Role.RESULT, last);
        }
        return b.build();
    }

    public static Graph gathers() {
        Builder b = new Builder("gathers");
        Value table = b.input("table", Role.PARAMETER, TensorType.f32(6, 4));
        Value indices = b.input("indices", Role.DATA, new TensorType(ElementType.I32, Shape.of(BATCH, Dim.of(3))));
        Value updates = b.add(new Gather(0), table, indices);
        b.output("gathered", Role.RESULT, updates);
        b.output("scattered", Role.RESULT, b.add(new ScatterAdd(0, Dim.of(6)), b.add(new Tanh(), updates), indices));
        b.output("by_example", Role.RESULT, b.add(new ScatterAdd(1, Dim.of(6)), updates, indices));
        b.output("from_sums", Role.RESULT, b.add(new Gather(0), b.add(new Sum(List.of(1)), table), indices));
        return b.build();
    }

    public static Graph penalty() {
        Builder b = new Builder("penalty");
        Value w = b.input("w", Role.PARAMETER, TensorType.f32(50, 60));
        b.output("penalty", Role.RESULT, b.add(new Sum(List.of(0, 1)), b.times(w, w)));
        Value norm = b.add(new Sqrt(), b.add(new Sum(List.of(0, 1)), b.times(w, w)));
        // Reads the old value of an output after it has been written: it needs a copy.
        Value scaled = b.over(w, b.broadcast(norm, w.shape()));
        b.output("w", Role.PARAMETER, scaled);
        b.output("change", Role.RESULT, b.add(new Contraction(List.of(0, 1), List.of(0, 2), List.of(1, 2)), w, scaled));
        return b.build();
    }

    /// Outputs that are inputs, or one value under two names.
    public static Graph nothing() {
        Builder b = new Builder("nothing");
        Value x = b.input("x", Role.DATA, TensorType.f32(3));
        b.output("same", Role.RESULT, x);
        Value y = b.add(new Exp(), x);
        b.output("one", Role.RESULT, y);
        b.output("two", Role.RESULT, y);
        return b.build();
    }

    /// Values for all inputs: the same in every run.
    public static List<Tensor> inputs(Graph graph, int batch) {
        Random random = new Random(42);
        List<Tensor> result = new ArrayList<>();
        for (Graph.Input input : graph.inputs()) {
            int[] sizes = input.value().shape().dims().stream().mapToInt(dim -> dim.isFixed() ? dim.size() : batch).toArray();
            int size = IntStream.of(sizes).reduce(1, (a, c) -> a * c);
            ElementType element = input.value().type().element();
            double least = input.role() == Role.PARAMETER ? -0.1 : 0;
            double most = input.role() == Role.PARAMETER ? 0.1 : 1;
            double[] data = IntStream.range(0, size)
                    .mapToDouble(_ -> element == ElementType.I32 ? 1 + random.nextInt(3) : (float) random.nextDouble(least, most))
                    .toArray();
            result.add(new Tensor(new TensorType(element, Shape.of(sizes)), data));
        }
        return result;
    }
}
