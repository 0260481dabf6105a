package nnet.compiler.optimise;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import nnet.compiler.tensor.Concatenate;
import nnet.compiler.tensor.Constant;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Op;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.Slice;
import nnet.compiler.tensor.Value;
import nnet.compiler.tensor.Window;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// A convolution with windows that find an element at every `divisor`-th place only, as in the gradient of a strided convolution by its input, and in transposed convolutions:
/// most taps meet nothing. Positions n = divisor * m + phase of one phase all meet the same taps; so each phase is a convolution with those taps alone, and the phases
/// are put together in turn.
final class Phases {

    /// Windows over an operand of a contraction, the outermost first, with the labels of one of them and the elements that it slides over.
    private record Found(int side, List<Window> windows, int chosen, Value source, int position, int tap, Dim size) {
        Window window() {
            return windows.get(chosen);
        }
    }

    /// Some taps: the first, how far apart, how many.
    private record Taps(int first, int step, int count) {
    }

    private Phases() {
    }

    static Optional<Value> apart(Rewriter r, Op op, List<Value> x) {
        return op instanceof Contraction contraction
                ? find(r, contraction, x, 0).or(() -> find(r, contraction, x, 1)).map(found -> joined(r, contraction, x, found))
                : Optional.empty();
    }

    private static Optional<Found> find(Rewriter r, Contraction contraction, List<Value> x, int side) {
        List<Integer> labels = new ArrayList<>(side == 0 ? contraction.left() : contraction.right());
        List<Integer> other = side == 0 ? contraction.right() : contraction.left();
        List<Window> windows = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        List<Integer> taps = new ArrayList<>();
        List<Dim> sizes = new ArrayList<>();
        Value value = x.get(side);
        for (Optional<Window> next = r.as(value, Window.class); next.filter(window -> !window.tapped()).isPresent(); next = r.as(value,
                Window.class)) {
            Window window = next.get();
            windows.add(window);
            positions.add(labels.get(window.axis()));
            taps.add(labels.remove(window.axis() + 1));
            value = r.operand(value, 0);
            sizes.add(value.shape().dim(window.axis()));
        }
        if (positions.stream().distinct().count() < positions.size() || positions.stream().anyMatch(taps::contains)) {
            return Optional.empty();
        }
        // Where only taps are summed over, there is too little to do for several kernels.
        boolean sums = labels.stream().anyMatch(label -> other.contains(label) && !contraction.result().contains(label));
        Value source = value;
        return IntStream.range(0, windows.size())
                .filter(i -> sums && isSpread(windows.get(i)) && contraction.result().contains(positions.get(i))
                        && !other.contains(positions.get(i)) && other.contains(taps.get(i)) && !contraction.result().contains(taps.get(i)))
                .mapToObj(i -> new Found(side, List.copyOf(windows), i, source, positions.get(i), taps.get(i), sizes.get(i))).findFirst();
    }

    private static boolean isSpread(Window window) {
        return window.divisor() > 1 && window.stride() == 1 && window.fill() == 0 && window.positions().isFixed();
    }

    /// The phases in turn, without what is too much at the end.
    private static Value joined(Rewriter r, Contraction contraction, List<Value> x, Found found) {
        int divisor = found.window().divisor();
        int axis = contraction.result().indexOf(found.position());
        int size = found.window().positions().size();
        int each = Math.ceilDiv(size, divisor);
        Shape shape = contraction.infer(List.of(x.get(0).type(), x.get(1).type())).getFirst().shape();
        Shape single = replaced(shape, axis, List.of(Dim.of(each), Dim.ONE));
        List<Value> phases = new ArrayList<>();
        for (int phase = 0; phase < divisor; phase++) {
            phases.add(r.add(new Reshape(single), phase(r, contraction, x, found, phase, each)));
        }
        Value together = r.add(new Reshape(replaced(shape, axis, List.of(Dim.of(each * divisor)))),
                r.addAll(new Concatenate(axis + 1), phases).getFirst());
        return each * divisor == size ? together : r.add(new Slice(axis, 0, Dim.of(size), 1), together);
    }

    private static Shape replaced(Shape shape, int axis, List<Dim> by) {
        List<Dim> dims = new ArrayList<>(shape.dims());
        dims.remove(axis);
        dims.addAll(axis, by);
        return new Shape(dims);
    }

    private static Value phase(Rewriter r, Contraction contraction, List<Value> x, Found found, int phase, int positions) {
        Window window = found.window();
        Optional<Taps> meeting = taps(window, phase);
        if (meeting.isEmpty()) {
            TensorType type = contraction.infer(List.of(x.get(0).type(), x.get(1).type())).getFirst();
            int axis = contraction.result().indexOf(found.position());
            return r.add(new Constant(type.withShape(replaced(type.shape(), axis, List.of(Dim.of(positions)))), 0));
        }
        Taps taps = meeting.get();
        int offset = (phase + window.offset() + taps.first * window.dilation()) / window.divisor();
        List<Integer> labels = found.side() == 0 ? contraction.right() : contraction.left();
        int axis = labels.indexOf(found.tap());
        Value weights = r.add(new Slice(axis, taps.first, Dim.of(taps.count), taps.step), x.get(1 - found.side()));
        if (taps.count == 1 && offset == 0 && found.size().equals(Dim.of(positions))) {
            Contraction product = new Contraction(without(contraction.left(), found.tap()), without(contraction.right(), found.tap()),
                    contraction.result());
            return product(r, product, found, windows(r, found, Optional.empty()),
                    r.add(new Reshape(replaced(weights.shape(), axis, List.of())), weights));
        }
        int dilation = taps.count == 1 ? 1 : window.dilation() * taps.step / window.divisor();
        Window dense = new Window(window.axis(), Dim.of(positions), taps.count, 1, dilation, offset, 1, false, 0);
        return product(r, contraction, found, windows(r, found, Optional.of(dense)), weights);
    }

    private static List<Integer> without(List<Integer> labels, int one) {
        return labels.stream().filter(label -> label != one).toList();
    }

    private static Value product(Rewriter r, Contraction contraction, Found found, Value windows, Value weights) {
        return found.side() == 0 ? r.add(contraction, windows, weights) : r.add(contraction, weights, windows);
    }

    /// All windows as they were, but for the chosen one: without it, there is one axis less behind its own.
    private static Value windows(Rewriter r, Found found, Optional<Window> dense) {
        Value value = found.source();
        for (int i = found.windows().size() - 1; i >= 0; i--) {
            Window window = found.windows().get(i);
            if (i != found.chosen()) {
                int axis = window.axis() - (dense.isEmpty() && i < found.chosen() && window.axis() > found.window().axis() ? 1 : 0);
                value = r.add(new Window(axis, window.positions(), window.taps(), window.stride(), window.dilation(), window.offset(),
                        window.divisor(), false, window.fill()), value);
            } else if (dense.isPresent()) {
                value = r.add(dense.get(), value);
            }
        }
        return value;
    }

    /// The taps that find an element at the positions of a phase: each so many further than the one before.
    private static Optional<Taps> taps(Window window, int phase) {
        List<Integer> taps = IntStream.range(0, window.taps())
                .filter(tap -> Math.floorMod(phase + window.offset() + tap * window.dilation(), window.divisor()) == 0).boxed().toList();
        return taps.isEmpty()
                ? Optional.empty()
                : Optional.of(new Taps(taps.getFirst(), taps.size() == 1 ? 1 : taps.get(1) - taps.getFirst(), taps.size()));
    }
}
