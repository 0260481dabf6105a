package nnet.compiler.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// Examples of every operation: the registry test checks all rules with them, and tests of other packages run them through further stages.
public final class Examples {

    private Examples() {
    }

    /// An operation applied to operands of fixed shapes. `differentiable` says whether differences can be compared with its pullback, so whether it is smooth around
    /// these operands.
    public record Example(Op op, List<Tensor> operands, boolean differentiable) {

        public List<TensorType> types() {
            return operands.stream().map(Tensor::type).toList();
        }

        /// A graph of this one operation, with inputs `x0`, `x1`, ... and outputs `y0`, `y1`, ...
        public Graph graph() {
            Builder builder = new Builder("example");
            List<Value> inputs = new ArrayList<>();
            for (Tensor operand : operands) {
                inputs.add(builder.input("x" + inputs.size(), Role.DATA, operand.type()));
            }
            List<Value> results = builder.addAll(op, inputs);
            for (int i = 0; i < results.size(); i++) {
                builder.output("y" + i, Role.DATA, results.get(i));
            }
            return builder.build();
        }

        @Override
        public String toString() {
            String text = Printer.print(graph()).lines().filter(line -> line.contains(" = ")).findFirst().orElseThrow().strip();
            return text.substring(text.indexOf('=') + 2);
        }
    }

    public static List<Example> all() {
        List<Example> all = new ArrayList<>();
        all.addAll(functions());
        all.addAll(arithmetic());
        all.addAll(truth());
        all.addAll(sources());
        all.addAll(movement());
        all.addAll(windows());
        all.addAll(reductions());
        all.addAll(lookups());
        all.addAll(attention());
        all.addAll(scans());
        return all;
    }

    private static List<Example> functions() {
        Tensor any = tensor(i -> 1.7 * Math.sin(1 + 2.3 * i), 3, 5);
        Tensor positive = tensor(i -> 0.1 + 0.37 * i, 3, 5);
        return List.of(smooth(new Negate(), any), smooth(new Exp(), any), smooth(new Expm1(), any), smooth(new Log(), positive),
                smooth(new Log1p(), positive),
                smooth(new Sqrt(), positive), smooth(new Tanh(), any), smooth(new Sigmoid(), any), smooth(new Softplus(), any),
                smooth(new Erf(), any), smooth(new Sin(), any),
                smooth(new Cos(), any), smooth(new Abs(), any), smooth(new Sign(), any), smooth(new Floor(), any),
                rough(new StopGradient(), any));
    }

    private static List<Example> arithmetic() {
        Tensor a = tensor(i -> 1.7 * Math.sin(1 + 2.3 * i), 2, 7);
        Tensor b = tensor(i -> 0.4 + 1.1 * Math.abs(Math.cos(3.1 * i)), 2, 7);
        Tensor whole = integers(i -> i - 5, 11);
        Tensor divisor = integers(i -> i % 2 == 0 ? 3 : -2, 11);
        return List.of(smooth(new Add(), a, b), smooth(new Subtract(), a, b), smooth(new Multiply(), a, b), smooth(new Divide(), a, b),
                smooth(new Power(), b, a),
                rough(new Power(), tensor(i -> i - 3, 7), tensor(i -> 3, 7)), rough(new Power(), tensor(i -> i - 3, 7), tensor(i -> -2, 7)),
                smooth(new Minimum(), a, b), smooth(new Maximum(), a, b), smooth(new Remainder(), a, b), rough(new Add(), whole, divisor),
                rough(new Divide(), whole, divisor),
                rough(new Remainder(), whole, divisor), rough(new Maximum(), whole, divisor),
                smooth(new Select(), truths(i -> i % 3 == 0 ? 1 : 0, 2, 7), a, b),
                rough(new Convert(ElementType.I32), a), smooth(new Convert(ElementType.F32), a), rough(new Convert(ElementType.F32), whole),
                rough(new Convert(ElementType.BOOL), whole));
    }

    private static List<Example> truth() {
        Tensor a = truths(i -> i % 2, 4);
        Tensor b = truths(i -> i / 2, 4);
        List<Example> examples = new ArrayList<>(List.of(rough(new Not(), a), rough(new And(), a, b), rough(new Or(), a, b)));
        for (Compare.Relation relation : Compare.Relation.values()) {
            examples.add(rough(new Compare(relation), tensor(i -> i % 3, 9), tensor(i -> Math.floor(i / 3), 9)));
            examples.add(rough(new Compare(relation), integers(i -> i % 3, 9), integers(i -> i / 3, 9)));
        }
        return examples;
    }

    private static List<Example> sources() {
        Tensor key = integers(i -> 40 + i, 3);
        return List.of(smooth(new Constant(TensorType.f32(2, 3), 0.75)),
                rough(new Iota(new TensorType(ElementType.I32, Shape.of(2, 3)), 1)),
                smooth(new Iota(TensorType.f32(2, 3), 0)), smooth(new Size(Dim.of(12))), rough(new RandomUniform(Shape.of(3, 4), 7), key));
    }

    private static List<Example> movement() {
        Tensor x = tensor(i -> Math.sin(1 + i), 3, 4);
        Tensor y = tensor(i -> Math.cos(i), 3, 2);
        return List.of(smooth(new Broadcast(Shape.of(2, 3, 5, 4), List.of(1, 3)), x),
                smooth(new Broadcast(Shape.of(3), List.of()), tensor(_ -> 0.3)),
                smooth(new Reshape(Shape.of(2, 6)), x), smooth(new Transpose(List.of(1, 0)), x),
                smooth(new Transpose(List.of(2, 0, 1)), tensor(i -> i, 2, 3, 4)),
                smooth(new Slice(1, 1, Dim.of(2), 2), x), smooth(new Pad(1, 2, 1, 0), y), smooth(new Pad(0, 0, 1, 2), y),
                smooth(new Concatenate(1), x, y, x),
                smooth(new Reverse(1), x), smooth(new BatchSum(), x));
    }

    /// Plain, padded, strided, dilated, as gradients use them, and with something other than zero outside.
    private static List<Example> windows() {
        Tensor x = tensor(i -> Math.sin(1 + i), 2, 7, 3);
        Tensor taps = tensor(i -> Math.sin(1 + i), 2, 4, 3);
        return List.of(smooth(new Window(1, Dim.of(5), 3, 1, 1, 0, 1, false, 0), x),
                smooth(new Window(1, Dim.of(7), 3, 1, 1, -1, 1, false, 0), x),
                smooth(new Window(2, Dim.of(2), 2, 2, 1, -1, 1, false, 0), x),
                smooth(new Window(1, Dim.of(4), 3, 2, 2, -2, 1, false, -3), x),
                smooth(new Window(1, Dim.of(13), 3, 1, -1, 1, 2, false, 0), x),
                smooth(new Window(1, Dim.of(6), 3, 1, -1, 1, 1, true, 0), taps),
                smooth(new Window(1, Dim.of(9), 3, 1, -2, 0, 2, true, 0), taps),
                smooth(new Window(1, Dim.of(3), 3, 4, 1, -1, 3, true, 2), taps));
    }

    private static List<Example> reductions() {
        Tensor x = tensor(i -> Math.sin(1 + 5 * i), 3, 4, 5);
        return List.of(smooth(new Sum(List.of(2)), x), smooth(new Sum(List.of(0, 2)), x), smooth(new Max(List.of(2)), x),
                smooth(new Max(List.of(0, 1)), x),
                rough(new ArgMax(1), x),
                smooth(new Contraction(List.of(0, 1), List.of(1, 2), List.of(0, 2)), tensor(i -> Math.sin(i), 3, 4),
                        tensor(i -> Math.cos(i), 4, 2)),
                smooth(new Contraction(List.of(0, 1, 2), List.of(0, 3, 2), List.of(0, 3, 1)), x, tensor(i -> Math.cos(i), 3, 2, 5)),
                smooth(new Contraction(List.of(0), List.of(1), List.of(1, 0)), tensor(i -> 1 + i, 3), tensor(i -> 2 - i, 4)),
                smooth(new Contraction(List.of(0, 1), List.of(0), List.of(0)), tensor(i -> 1 + i, 3, 2), tensor(i -> 2 - i, 3)),
                rough(new Orthonormalize(), tensor(i -> Math.sin(1 + 3.7 * i * i), 4, 3)),
                rough(new Orthonormalize(), tensor(i -> Math.sin(1 + 3.7 * i * i), 2, 5)));
    }

    /// Plain, causal from the second position on, with a mask and keys that two heads share, and of more queries and keys than there are in a block. What flows
    /// back is compared with differences in `lower.AttentionKernelTest`: nothing flows back through the statistics.
    private static List<Example> attention() {
        List<Integer> query = List.of(0, 2);
        List<Integer> key = List.of(1, 2);
        List<Integer> value = List.of(1, 3);
        List<Integer> result = List.of(0, 3);
        List<Integer> none = List.of();
        Tensor q = tensor(i -> Math.sin(1 + 2 * i), 3, 4);
        Tensor k = tensor(i -> Math.cos(3 * i), 5, 4);
        Tensor v = tensor(i -> Math.sin(i), 5, 2);
        Tensor heads = tensor(i -> Math.sin(1 + 2 * i), 2, 4, 3);
        Tensor there = truths(i -> i == 1 ? 0 : 1, 5);
        Tensor manyQ = tensor(i -> Math.sin(1 + 2 * i), 70, 5);
        Tensor manyK = tensor(i -> Math.cos(3 * i), 150, 5);
        Tensor manyV = tensor(i -> Math.sin(i), 150, 3);
        Tensor means = tensor(i -> Math.cos(i), 70, 3);
        Tensor logarithms = tensor(i -> 4 + Math.sin(i), 70);
        Attention causal = new Attention(query, key, value, result, none, 0.3, true, none);
        Attention shared = new Attention(List.of(4, 2, 0), key, value, List.of(0, 4, 3), List.of(1), 0.5, false, none);
        return List.of(rough(new Attention(query, key, value, result, none, 1, false, none), q, k, v),
                rough(causal, q, k, v, integers(_ -> 1)), rough(shared, heads, k, v, there),
                rough(causal, manyQ, manyK, manyV, integers(_ -> 30)),
                rough(new AttentionPullback(query, key, value, result, none, 0.3, true, none), manyQ, manyK, manyV, means,
                        tensor(i -> 1 + Math.sin(i), 70), logarithms,
                        tensor(i -> Math.cos(i), 70), integers(_ -> 30)),
                rough(new AttentionPullback(shared.query(), key, value, shared.result(), shared.mask(), 0.5, false, none), heads, k, v,
                        tensor(i -> Math.cos(i), 3, 2, 2), tensor(i -> 1 + Math.sin(i), 2, 3), tensor(i -> 1 + Math.cos(i), 2, 3),
                        tensor(i -> Math.cos(i), 2, 3), there));
    }

    private static List<Example> lookups() {
        Tensor table = tensor(i -> Math.sin(1 + i), 5, 3);
        return List.of(smooth(new Gather(0), table, integers(i -> 3 * i - 1, 4)),
                smooth(new Gather(0), tensor(i -> i, 5), integers(_ -> 2)),
                smooth(new Gather(1), table, integers(i -> i % 3, 5)),
                smooth(new ScatterAdd(0, Dim.of(5)), tensor(i -> Math.sin(1 + i), 4, 3), integers(i -> 3 * i - 1, 4)),
                smooth(new ScatterAdd(1, Dim.of(3)), tensor(i -> i, 5), integers(i -> i % 4, 5)));
    }

    /// h' = tanh(w h + x), emitting h' * x; the constant w is a matrix.
    private static List<Example> scans() {
        Builder body = new Builder("step");
        Value h = body.input("h", Role.DATA, TensorType.f32(3));
        Value x = body.input("x", Role.DATA, TensorType.f32(3));
        Value w = body.input("w", Role.DATA, TensorType.f32(3, 3));
        Value next = body.add(new Tanh(), body.plus(body.add(new Contraction(List.of(0), List.of(0, 1), List.of(1)), h, w), x));
        body.output("h", Role.DATA, next);
        body.output("y", Role.DATA, body.times(next, x));
        Tensor initial = tensor(i -> 0.1 * i, 3);
        Tensor sequence = tensor(i -> Math.sin(1 + i), 4, 3);
        Tensor weights = tensor(i -> 0.5 * Math.cos(i), 3, 3);
        return List.of(smooth(new Scan(body.build(), 1, 1, false), initial, sequence, weights),
                smooth(new Scan(body.build(), 1, 1, true), initial, sequence, weights));
    }

    private static Example smooth(Op op, Tensor... operands) {
        return new Example(op, List.of(operands), true);
    }

    private static Example rough(Op op, Tensor... operands) {
        return new Example(op, List.of(operands), false);
    }

    public static Tensor tensor(DoubleUnaryOperator element, int... sizes) {
        return filled(ElementType.F32, element, sizes);
    }

    public static Tensor integers(DoubleUnaryOperator element, int... sizes) {
        return filled(ElementType.I32, i -> Math.floor(element.applyAsDouble(i)), sizes);
    }

    public static Tensor truths(DoubleUnaryOperator element, int... sizes) {
        return filled(ElementType.BOOL, i -> (int) element.applyAsDouble(i), sizes);
    }

    private static Tensor filled(ElementType element, DoubleUnaryOperator value, int... sizes) {
        Tensor tensor = Tensor.zeros(new TensorType(element, Shape.of(sizes)));
        for (int i = 0; i < tensor.data().length; i++) {
            tensor.data()[i] = value.applyAsDouble(i);
        }
        return tensor;
    }
}
