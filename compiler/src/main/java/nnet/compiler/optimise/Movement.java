package nnet.compiler.optimise;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import nnet.compiler.tensor.Add;
import nnet.compiler.tensor.Axes;
import nnet.compiler.tensor.Broadcast;
import nnet.compiler.tensor.Concatenate;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Elementwise;
import nnet.compiler.tensor.Gather;
import nnet.compiler.tensor.Max;
import nnet.compiler.tensor.Multiply;
import nnet.compiler.tensor.Op;
import nnet.compiler.tensor.Pad;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.Reverse;
import nnet.compiler.tensor.Size;
import nnet.compiler.tensor.Slice;
import nnet.compiler.tensor.Sum;
import nnet.compiler.tensor.Transpose;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;

/// Movement of data that cancels, merges with other movement or vanishes into labels.
final class Movement {

    private Movement() {
    }

    /// Movement that moves nothing.
    static Optional<Value> identity(Rewriter r, Op op, List<Value> x) {
        boolean isIdentity = switch (op) {
            case Transpose transpose -> isCounting(transpose.permutation());
            case Reshape(Shape shape) -> shape.equals(x.getFirst().shape());
            case Broadcast broadcast -> broadcast.newAxes().isEmpty();
            case Slice(int axis, int _, Dim size, int _) -> size.equals(x.getFirst().shape().dim(axis));
            case Reverse(int axis) -> x.getFirst().shape().dim(axis).equals(Dim.ONE);
            case Sum(List<Integer> axes) -> axes.isEmpty();
            case Max(List<Integer> axes) -> axes.isEmpty();
            case Concatenate _ -> x.size() == 1;
            default -> false;
        };
        return isIdentity ? Optional.of(x.getFirst()) : Optional.empty();
    }

    private static boolean isCounting(List<Integer> axes) {
        return axes.equals(IntStream.range(0, axes.size()).boxed().toList());
    }

    /// The sum or maximum over axes of size 1 only changes the shape.
    static Optional<Value> reducedOne(Rewriter r, Op op, List<Value> x) {
        List<Integer> axes = op instanceof Sum(var summed) ? summed : op instanceof Max(var compared) ? compared : List.of();
        if (axes.isEmpty() || !axes.stream().allMatch(axis -> x.getFirst().shape().dim(axis).equals(Dim.ONE))) {
            return Optional.empty();
        }
        return Optional.of(r.add(new Reshape(op.infer(List.of(x.getFirst().type())).getFirst().shape()), x.getFirst()));
    }

    /// Two movements of one kind are one: transpose of transpose, reshape of reshape, broadcast of broadcast, reverse of reverse, slice of slice.
    static Optional<Value> merged(Rewriter r, Op op, List<Value> x) {
        if (x.size() != 1 || r.op(x.getFirst()).filter(inner -> inner.getClass() == op.getClass()).isEmpty()) {
            return Optional.empty();
        }
        Op inner = r.op(x.getFirst()).orElseThrow();
        Value source = r.operands(x.getFirst()).getFirst();
        return switch (op) {
            case Transpose(List<Integer> outer) ->
                Optional.of(r.add(new Transpose(outer.stream().map(((Transpose) inner).permutation()::get).toList()), source));
            case Reshape _ -> Optional.of(r.add(op, source));
            case Broadcast(Shape shape, List<Integer> axes) ->
                Optional.of(r.add(new Broadcast(shape, ((Broadcast) inner).axes().stream().map(axes::get).toList()), source));
            case Reverse(int axis) when axis == ((Reverse) inner).axis() -> Optional.of(source);
            case Slice(int axis, int start, Dim size, int stride) when axis == ((Slice) inner).axis() -> {
                Slice first = (Slice) inner;
                yield Optional.of(r.add(new Slice(axis, first.start() + start * first.stride(), size, stride * first.stride()), source));
            }
            default -> Optional.empty();
        };
    }

    /// A transposed repetition is a repetition along other axes.
    static Optional<Value> transposedBroadcast(Rewriter r, Op op, List<Value> x) {
        if (!(op instanceof Transpose transpose)) {
            return Optional.empty();
        }
        return r.as(x.getFirst(), Broadcast.class).map(broadcast -> {
            List<Integer> moved = broadcast.axes().stream().map(transpose.permutation()::indexOf).toList();
            List<Integer> sorted = moved.stream().sorted().toList();
            Value source = r.add(new Transpose(sorted.stream().map(moved::indexOf).toList()), r.operand(x.getFirst(), 0));
            return r.add(new Broadcast(new Shape(transpose.permutation().stream().map(broadcast.shape()::dim).toList()), sorted), source);
        });
    }

    /// A reshaped repetition, where only axes of size 1 come and go or a scalar is repeated, is a repetition.
    static Optional<Value> reshapedBroadcast(Rewriter r, Op op, List<Value> x) {
        if (!(op instanceof Reshape(Shape shape)) || !r.is(x.getFirst(), Broadcast.class)) {
            return Optional.empty();
        }
        Broadcast broadcast = r.as(x.getFirst(), Broadcast.class).orElseThrow();
        Value source = r.operand(x.getFirst(), 0);
        if (source.shape().rank() == 0) {
            return Optional.of(r.add(new Broadcast(shape, List.of()), source));
        }
        List<Integer> from = longAxes(broadcast.shape());
        List<Integer> to = longAxes(shape);
        if (!from.stream().map(broadcast.shape()::dim).toList().equals(to.stream().map(shape::dim).toList())) {
            return Optional.empty();
        }
        List<Integer> sourceAxes = longAxes(source.shape());
        Value squeezed = r.add(new Reshape(new Shape(sourceAxes.stream().map(source.shape()::dim).toList())), source);
        return Optional
                .of(r.add(new Broadcast(shape, sourceAxes.stream().map(axis -> to.get(from.indexOf(broadcast.axes().get(axis)))).toList()),
                        squeezed));
    }

    /// The axes whose size is not 1.
    private static List<Integer> longAxes(Shape shape) {
        return IntStream.range(0, shape.rank()).boxed().filter(axis -> !shape.dim(axis).equals(Dim.ONE)).toList();
    }

    /// A transposed operand of a contraction is the operand with its labels in another order.
    static Optional<Value> intoContraction(Rewriter r, Op op, List<Value> x) {
        if (!(op instanceof Contraction(var left, var right, var result))) {
            return Optional.empty();
        }
        if (r.is(x.get(0), Transpose.class)) {
            return Optional.of(r.add(new Contraction(untransposed(r, x.get(0), left), right, result), r.operand(x.get(0), 0), x.get(1)));
        }
        if (r.is(x.get(1), Transpose.class)) {
            return Optional.of(r.add(new Contraction(left, untransposed(r, x.get(1), right), result), x.get(0), r.operand(x.get(1), 0)));
        }
        return Optional.empty();
    }

    private static List<Integer> untransposed(Rewriter r, Value transposed, List<Integer> labels) {
        return r.as(transposed, Transpose.class).orElseThrow().inverse().stream().map(labels::get).toList();
    }

    /// A transposed contraction that nobody else needs is the contraction with the labels of its result in another order.
    static Optional<Value> outOfContraction(Rewriter r, Op op, List<Value> x) {
        if (!(op instanceof Transpose(List<Integer> permutation)) || !r.isUsedOnce(x.getFirst())) {
            return Optional.empty();
        }
        return r.as(x.getFirst(), Contraction.class).map(contraction -> r.add(
                new Contraction(contraction.left(), contraction.right(), permutation.stream().map(contraction.result()::get).toList()),
                r.operands(x.getFirst())));
    }

    /// The sum or maximum of what is repeated: along repeated axes n x or x, along others taken before repeating.
    static Optional<Value> reducedBroadcast(Rewriter r, Op op, List<Value> x) {
        if (!(op instanceof Sum || op instanceof Max) || !r.is(x.getFirst(), Broadcast.class)) {
            return Optional.empty();
        }
        Broadcast broadcast = r.as(x.getFirst(), Broadcast.class).orElseThrow();
        List<Integer> axes = op instanceof Sum(var summed) ? summed : ((Max) op).axes();
        List<Integer> inner = axes.stream().filter(broadcast.axes()::contains).map(broadcast.axes()::indexOf).toList();
        Value source = r.operand(x.getFirst(), 0);
        Value reduced = r.add(op instanceof Sum ? new Sum(inner) : new Max(inner), source);
        Dim count = axes.stream().filter(axis -> !broadcast.axes().contains(axis)).map(broadcast.shape()::dim).reduce(Dim.ONE, Dim::times);
        if (op instanceof Sum && !count.equals(Dim.ONE)) {
            if (source.type().element() != ElementType.F32) {
                return Optional.empty();
            }
            Value size = r.add(new Broadcast(reduced.shape(), List.of()), r.add(new Size(count)));
            reduced = r.add(new Multiply(), reduced, size);
        }
        List<Integer> kept = Axes.others(axes, broadcast.shape().rank());
        List<Integer> places = broadcast.axes().stream().filter(kept::contains).map(kept::indexOf).toList();
        return Optional.of(r.add(new Broadcast(new Shape(kept.stream().map(broadcast.shape()::dim).toList()), places), reduced));
    }

    /// One element for each row, of a repeated row: the element; of an element-wise result that nobody else needs: computed for that
    /// element only.
    static Optional<Value> gathered(Rewriter r, Op op, List<Value> x) {
        if (!(op instanceof Gather gather) || x.get(1).shape().rank() != gather.batchAxes()) {
            return Optional.empty();
        }
        int axis = gather.batchAxes();
        Optional<Op> source = r.op(x.get(0));
        if (source.isPresent() && source.get() instanceof Broadcast(Shape shape, List<Integer> axes) && !axes.contains(axis)) {
            List<Integer> places = axes.stream().map(i -> i < axis ? i : i - 1).toList();
            List<Dim> dims = new ArrayList<>(shape.dims());
            dims.remove(axis);
            return Optional.of(r.add(new Broadcast(new Shape(dims), places), r.operand(x.get(0), 0)));
        }
        if (source.isPresent() && source.get() instanceof Elementwise && r.isUsedOnce(x.get(0))) {
            return Optional
                    .of(r.add(source.get(), r.operands(x.get(0)).stream().map(operand -> r.add(gather, operand, x.get(1))).toList()));
        }
        return Optional.empty();
    }

    /// A part of a concatenation that lies within one of its operands is a part of that operand.
    /// pad(a, 0, n) + pad(b, m, 0) -> concatenate(a, b) where the parts lie side by side: what the slices of one tensor pull back to
    static Optional<Value> sumOfParts(Rewriter r, Op op, List<Value> x) {
        List<Value> parts = new ArrayList<>();
        if (!(op instanceof Add) || !x.stream().allMatch(operand -> collectParts(r, operand, parts))) {
            return Optional.empty();
        }
        int axis = r.as(parts.getFirst(), Pad.class).orElseThrow().axis();
        parts.sort(Comparator.comparingInt(part -> r.as(part, Pad.class).orElseThrow().before()));
        int next = 0;
        for (Value part : parts) {
            Pad pad = r.as(part, Pad.class).orElseThrow();
            if (pad.axis() != axis || pad.before() != next) {
                return Optional.empty();
            }
            next += r.operand(part, 0).shape().dim(axis).size();
        }
        boolean isWhole = x.getFirst().shape().dim(axis).equals(Dim.of(next));
        return isWhole
                ? Optional.of(r.add(new Concatenate(axis), parts.stream().map(part -> r.operand(part, 0)).toList()))
                : Optional.empty();
    }

    private static boolean collectParts(Rewriter r, Value value, List<Value> parts) {
        if (r.is(value, Add.class)) {
            return r.operands(value).stream().allMatch(operand -> collectParts(r, operand, parts));
        }
        parts.add(value);
        return r.as(value, Pad.class).filter(pad -> pad.inner() == 0).isPresent();
    }

    static Optional<Value> partOfConcatenation(Rewriter r, Op op, List<Value> x) {
        if (!(op instanceof Slice(int axis, int start, Dim size, int stride))
                || r.as(x.getFirst(), Concatenate.class).filter(c -> c.axis() == axis).isEmpty()) {
            return Optional.empty();
        }
        int offset = start;
        for (Value operand : r.operands(x.getFirst())) {
            int length = operand.shape().dim(axis).size();
            if (offset >= 0 && offset < length) {
                boolean fits = offset + (size.size() - 1) * stride < length;
                return fits ? Optional.of(r.add(new Slice(axis, offset, size, stride), operand)) : Optional.empty();
            }
            offset -= length;
        }
        return Optional.empty();
    }
}
