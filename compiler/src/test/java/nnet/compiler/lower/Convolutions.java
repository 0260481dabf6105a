package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import nnet.compiler.optimise.Optimise;
import nnet.compiler.differentiate.Differentiate;
import nnet.compiler.tensor.Batch;
import nnet.compiler.tensor.BatchSum;
import nnet.compiler.tensor.Broadcast;
import nnet.compiler.tensor.Builder;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.tensor.Maximum;
import nnet.compiler.tensor.Sum;
import nnet.compiler.tensor.Value;
import nnet.compiler.tensor.Window;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// Convolutions with their gradients, as graphs to lower.
final class Convolutions {

    /// One axis that windows slide along.
    private record Axis(int size, int taps, int stride, int dilation, int before, int after) {
        int positions() {
            return (size + before + after - (taps - 1) * dilation - 1) / stride + 1;
        }
    }

    private Convolutions() {
    }

    /// Sums over channels and taps.
    static Stream<Graph> dense() {
        return Stream.of(image("padded", 3, 7, 3, 1, 1, 1, 5, 6), image("chunks", 60, 2, 3, 1, 1, 1, 3, 4),
                image("strided", 3, 6, 3, 2, 1, 1, 7, 6),
                image("dilated", 2, 5, 3, 1, 2, 2, 6, 7), image("one_tap_strided", 4, 3, 1, 2, 1, 0, 7, 6),
                image("bands", 1, 2, 3, 1, 1, 1, 20, 14), image("wide_stride", 2, 3, 7, 4, 1, 3, 15, 14),
                image("panel", 2, 18, 3, 1, 1, 1, 9, 7), image("panel_strided", 1, 17, 3, 2, 1, 1, 23, 23),
                image("panel_chunks", 57, 16, 3, 1, 1, 1, 4, 16), image("one_channel", 1, 4, 3, 1, 1, 0, 6, 6),
                image("few_filters", 2, 6, 5, 1, 1, 2, 18, 33),
                image("few_filters_strided", 1, 5, 4, 2, 1, 1, 9, 12), line(), box(), grouped());
    }

    /// Each channel by itself.
    static Stream<Graph> depthwise() {
        return Stream.of(depthwise("depthwise", 5, 0, new Axis(7, 3, 1, 1, 1, 1)),
                depthwise("depthwise_strided", 3, 0, new Axis(19, 3, 2, 1, 1, 1)),
                depthwise("depthwise_rest", 9, 0, new Axis(5, 3, 1, 1, 1, 1), new Axis(21, 3, 1, 1, 1, 1)),
                depthwise("depthwise_dilated", 2, 0, new Axis(20, 3, 1, 2, 2, 2)),
                depthwise("depthwise_multiplied", 3, 2, new Axis(17, 5, 2, 1, 2, 2)),
                depthwise("depthwise_bands", 2, 0, new Axis(26, 3, 1, 1, 1, 1), new Axis(150, 3, 1, 1, 1, 1)),
                depthwise("depthwise_line", 3, 0, new Axis(40, 4, 3, 1, 0, 2)),
                depthwise("depthwise_box", 2, 0, new Axis(3, 2, 1, 1, 1, 0), new Axis(5, 2, 1, 1, 0, 0), new Axis(17, 3, 1, 1, 1, 1)));
    }

    /// One kernel size, stride, dilation and padding along both axes.
    static Graph image(String name, int in, int out, int taps, int stride, int dilation, int padding, int height, int width) {
        Builder b = new Builder(name);
        Value x = b.input("x", Role.DATA, TensorType.f32(in, height, width));
        return convolution(b, x, in, out, 1, List.of(new Axis(height, taps, stride, dilation, padding, padding),
                new Axis(width, taps, stride, dilation, padding, padding)));
    }

    private static Graph line() {
        Builder b = new Builder("line");
        return convolution(b, b.input("x", Role.DATA, TensorType.f32(2, 600)), 2, 2, 1, List.of(new Axis(600, 5, 2, 1, 1, 3)));
    }

    private static Graph box() {
        Builder b = new Builder("box");
        Axis axis = new Axis(4, 3, 1, 1, 1, 1);
        return convolution(b, b.input("x", Role.DATA, TensorType.f32(2, 4, 4, 4)), 2, 2, 1, List.of(axis, axis, axis));
    }

    /// Each channel by itself, giving one result or `multiplier` of them.
    private static Graph depthwise(String name, int channels, int multiplier, Axis... axes) {
        List<Axis> all = axes.length > 1 || name.endsWith("line") ? List.of(axes) : List.of(axes[0], axes[0]);
        Builder b = new Builder(name);
        List<Dim> dims = new java.util.ArrayList<>(List.of(Dim.of(channels)));
        all.forEach(axis -> dims.add(Dim.of(axis.size)));
        return convolution(b, b.input("x", Role.DATA, TensorType.f32(1).withShape(new Shape(dims))), 0, multiplier, channels, all);
    }

    private static Graph grouped() {
        Builder b = new Builder("grouped");
        Axis axis = new Axis(6, 3, 2, 1, 0, 1);
        return convolution(b, b.input("x", Role.DATA, TensorType.f32(2, 3, 6, 6)), 3, 4, 2, List.of(axis, axis));
    }

    /// Labels: 0 group, 1 input channel, 2 output channel, then position and tap of each axis. Two convolutions of a kind where shapes allow it, so that there is a
    /// gradient by the input.
    private static Graph convolution(Builder b, Value x, int in, int out, int groups, List<Axis> axes) {
        Value first = b.add(new Maximum(), x, b.like(x, 0));
        List<Integer> left = new ArrayList<>();
        List<Integer> right = new ArrayList<>();
        List<Integer> result = new ArrayList<>();
        List<Dim> weights = new ArrayList<>();
        if (groups > 1) {
            List.of(left, right, result).forEach(labels -> labels.add(0));
            weights.add(Dim.of(groups));
        }
        if (out > 0) {
            right.add(2);
            result.add(2);
            weights.add(Dim.of(out));
        }
        if (in > 0) {
            left.add(1);
            right.add(1);
            weights.add(Dim.of(in));
        }
        Value scale = b.input("scale", Role.PARAMETER, x.type());
        Value windows = b.times(first, scale);
        int start = left.size();
        for (int i = 0; i < axes.size(); i++) {
            Axis axis = axes.get(i);
            windows = b.add(
                    new Window(start + 2 * i, Dim.of(axis.positions()), axis.taps, axis.stride, axis.dilation, -axis.before, 1, false, 0),
                    windows);
            left.addAll(List.of(3 + 2 * i, 4 + 2 * i));
            right.add(4 + 2 * i);
            result.add(3 + 2 * i);
            weights.add(Dim.of(axis.taps));
        }
        Value weight = b.input("weight", Role.PARAMETER, x.type().withShape(new Shape(weights)));
        Value y = b.add(new Contraction(left, right, result), windows, weight);
        Value bias = b.input("bias", Role.PARAMETER, TensorType.f32(y.shape().dim(0).size()));
        Value z = b.add(new Maximum(), b.plus(y, b.add(new Broadcast(y.shape(), List.of(0)), bias)), b.like(y, 0));
        return gradients(b, b.times(z, z));
    }

    /// The gradients of the sum of these, of which there is one for each example.
    static Graph gradients(Builder b, Value squares) {
        Value sum = squares;
        for (int axis = squares.shape().rank() - 1; axis >= 0; axis--) {
            sum = b.add(new Sum(List.of(axis)), sum);
        }
        b.output("loss", Role.RESULT, b.add(new BatchSum(), sum));
        Graph graph = Optimise.simplify(Batch.batch(b.build(), Examples.BATCH));
        List<String> parameters = graph.inputs().stream().filter(input -> input.role() == Role.PARAMETER).map(Graph.Input::name).toList();
        return Optimise.optimise(Differentiate.gradients(graph, "loss", parameters));
    }
}
