package nnet.compiler.optimise;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Op;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.Slice;
import nnet.compiler.tensor.Sum;
import nnet.compiler.tensor.Value;
import nnet.compiler.tensor.Window;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;

/// Windows and contractions: the gradient of a convolution is one too.
final class Windows {

    private Windows() {
    }

    /// A window of one tap that looks at each element is nothing at all.
    static Optional<Value> single(Rewriter r, Op op, List<Value> x) {
        boolean found = op instanceof Window window && window.tapped() && window.taps() == 1 && window.stride() == 1
                && window.divisor() == 1
                && window.offset() == 0 && window.positions().equals(x.getFirst().shape().dim(window.axis()));
        return found ? Optional.of(x.getFirst()) : Optional.empty();
    }

    /// Windows that stand side by side share no element: they are a reshape of the part that they cover. So each element of a usual pool meets its own window only. Windows of one element further apart are a slice.
    static Optional<Value> apart(Rewriter r, Op op, List<Value> x) {
        if (op instanceof Window window && window.taps() == 1 && window.stride() > 1 && takesInside(window, x.getFirst())) {
            Value taken = r.add(new Slice(window.axis(), window.offset(), window.positions(), window.stride()), x.getFirst());
            return Optional.of(r.add(new Reshape(window.infer(List.of(x.getFirst().type())).getFirst().shape()), taken));
        }
        if (!(op instanceof Window window) || window.tapped() || window.stride() != window.taps()
                || window.dilation() != 1 && window.taps() > 1
                || window.divisor() != 1 || window.offset() != 0) {
            return Optional.empty();
        }
        Value operand = x.getFirst();
        Dim size = operand.shape().dim(window.axis());
        Dim covered = window.positions().times(Dim.of(window.taps()));
        Shape shape = window.infer(List.of(operand.type())).getFirst().shape();
        if (covered.equals(size)) {
            return Optional.of(r.add(new Reshape(shape), operand));
        }
        if (!covered.isFixed() || !size.isFixed() || covered.size() > size.size()) {
            return Optional.empty();
        }
        return Optional.of(r.add(new Reshape(shape), r.add(new Slice(window.axis(), 0, covered, 1), operand)));
    }

    /// Whether each position finds an element.
    private static boolean takesInside(Window window, Value operand) {
        Dim size = operand.shape().dim(window.axis());
        return !window.tapped() && window.divisor() == 1 && window.offset() >= 0 && size.isFixed() && window.positions().isFixed()
                && window.place(window.positions().size() - 1, 0) < size.size();
    }

    /// The sum over taps of windows of products, where positions come from one factor and taps from the other, is a product with windows of the former:
    /// sum_t sum_k a[q(n, t), k] b[t, k] = sum_(t, k) window(a)[n, t, k] b[t, k].
    ///
    /// This is how a convolution pulls back to its input; the products alone would be larger than any other tensor of a network.
    static Optional<Value> intoContraction(Rewriter r, Op op, List<Value> x) {
        if (!(op instanceof Sum(List<Integer> axes)) || axes.size() != 1) {
            return Optional.empty();
        }
        Optional<Window> found = r.as(x.getFirst(), Window.class)
                .filter(window -> window.tapped() && window.fill() == 0 && axes.getFirst() == window.axis() + 1);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Window window = found.get();
        Value products = r.operand(x.getFirst(), 0);
        return r.as(products, Contraction.class).flatMap(contraction -> {
            int position = contraction.result().get(window.axis());
            int tap = contraction.result().get(window.axis() + 1);
            int side = contraction.left().contains(position) ? 0 : 1;
            List<Integer> own = side == 0 ? contraction.left() : contraction.right();
            List<Integer> other = side == 0 ? contraction.right() : contraction.left();
            if (other.contains(position) || own.contains(tap)) {
                return Optional.empty();
            }
            int axis = own.indexOf(position);
            Value windows = r.add(new Window(axis, window.positions(), window.taps(), window.stride(), window.dilation(), window.offset(),
                    window.divisor(), false, 0), r.operand(products, side));
            List<Integer> windowed = new ArrayList<>(own);
            windowed.add(axis + 1, tap);
            List<Integer> result = contraction.result().stream().filter(label -> label != tap).toList();
            Value otherOperand = r.operand(products, 1 - side);
            return Optional.of(side == 0
                    ? r.add(new Contraction(windowed, other, result), windows, otherOperand)
                    : r.add(new Contraction(other, windowed, result), otherOperand, windows));
        });
    }

    /// An axis of size 1 that a reshape has put into an operand of a contraction needs no label.
    static Optional<Value> unitLabel(Rewriter r, Op op, List<Value> x) {
        if (!(op instanceof Contraction contraction)) {
            return Optional.empty();
        }
        return unit(r, x.get(0), contraction.left()).or(() -> unit(r, x.get(1), contraction.right())).map(label -> {
            Value left = without(r, x.get(0), contraction.left().indexOf(label));
            Value right = without(r, x.get(1), contraction.right().indexOf(label));
            Value product = r.add(new Contraction(others(contraction.left(), label), others(contraction.right(), label),
                    others(contraction.result(), label)), left, right);
            return r.add(new Reshape(op.infer(List.of(x.get(0).type(), x.get(1).type())).getFirst().shape()), product);
        });
    }

    private static Optional<Integer> unit(Rewriter r, Value operand, List<Integer> labels) {
        return r.is(operand, Reshape.class)
                ? labels.stream().filter(label -> operand.shape().dim(labels.indexOf(label)).equals(Dim.ONE)).findFirst()
                : Optional.empty();
    }

    private static Value without(Rewriter r, Value operand, int axis) {
        if (axis < 0) {
            return operand;
        }
        List<Dim> dims = new ArrayList<>(operand.shape().dims());
        dims.remove(axis);
        return r.add(new Reshape(new Shape(dims)), operand);
    }

    private static List<Integer> others(List<Integer> labels, int without) {
        return labels.stream().filter(label -> label != without).toList();
    }
}
