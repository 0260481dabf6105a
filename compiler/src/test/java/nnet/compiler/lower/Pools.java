package nnet.compiler.lower;

import java.util.List;
import java.util.stream.Stream;
import nnet.compiler.tensor.Builder;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.tensor.Max;
import nnet.compiler.tensor.Op;
import nnet.compiler.tensor.Sum;
import nnet.compiler.tensor.Transpose;
import nnet.compiler.tensor.Value;
import nnet.compiler.tensor.Window;
import nnet.compiler.type.Dim;
import nnet.compiler.type.TensorType;

/// Pools with their gradients, as graphs to lower.
final class Pools {

    private Pools() {
    }

    static Stream<Graph> all() {
        return Stream.of(pooled(), overlapping("overlapping", new Max(List.of(3, 4)), 2, Double.NEGATIVE_INFINITY),
                overlapping("averages", new Sum(List.of(3, 4)), 1, 0), sideBySide("largest", new Max(List.of(3, 4))),
                sideBySide("mean", new Sum(List.of(3, 4))));
    }

    /// A maximum over windows that overlap, with a border.
    private static Graph pooled() {
        Builder b = new Builder("pooled");
        Value x = b.input("x", Role.DATA, TensorType.f32(3, 9, 8));
        Value y = b.times(x, b.input("scale", Role.PARAMETER, x.type()));
        y = b.add(new Window(1, Dim.of(5), 3, 2, 1, -1, 1, false, Double.NEGATIVE_INFINITY), y);
        y = b.add(new Window(3, Dim.of(4), 2, 2, 1, 0, 1, false, Double.NEGATIVE_INFINITY), y);
        y = b.add(new Max(List.of(2, 4)), y);
        return Convolutions.gradients(b, b.times(y, y));
    }

    /// A pool over windows of 3 x 3 with a border.
    private static Graph overlapping(String name, Op pool, int stride, double fill) {
        Builder b = new Builder(name);
        Value x = b.input("x", Role.DATA, TensorType.f32(2, 5, 37));
        Value y = b.times(x, b.input("scale", Role.PARAMETER, x.type()));
        y = b.add(new Window(1, Dim.of(4 / stride + 1), 3, stride, 1, -1, 1, false, fill), y);
        y = b.add(new Window(3, Dim.of(36 / stride + 1), 3, stride, 1, -1, 1, false, fill), y);
        y = b.add(pool, b.add(new Transpose(List.of(0, 1, 3, 2, 4)), y));
        return Convolutions.gradients(b, b.times(y, y));
    }

    /// A pool over windows of 2 x 2 that stand side by side; the last column sees none.
    private static Graph sideBySide(String name, Op pool) {
        Builder b = new Builder(name);
        Value x = b.input("x", Role.DATA, TensorType.f32(2, 6, 39));
        Value y = b.times(x, b.input("scale", Role.PARAMETER, x.type()));
        y = b.add(new Window(1, Dim.of(3), 2, 2, 1, 0, 1, false, 0), y);
        y = b.add(new Window(3, Dim.of(19), 2, 2, 1, 0, 1, false, 0), y);
        y = b.add(pool, b.add(new Transpose(List.of(0, 1, 3, 2, 4)), y));
        return Convolutions.gradients(b, b.times(y, y));
    }
}
