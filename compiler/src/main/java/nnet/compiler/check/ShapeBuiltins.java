package nnet.compiler.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import nnet.compiler.model.Variable;
import nnet.compiler.tensor.Concatenate;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.Reverse;
import nnet.compiler.tensor.Slice;
import nnet.compiler.tensor.Transpose;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;

/// Functions that move elements, and those that ask for shapes.
final class ShapeBuiltins {

    private ShapeBuiltins() {
    }

    static List<Builtin> all() {
        return List.of(
                Builtin.of("shape", "x", ShapeBuiltins::shape),
                Builtin.of("rank", "x",
                        site -> shape(site) instanceof Datum.Listing(List<Datum> dims)
                                ? new Datum.Whole(dims.size())
                                : new Datum.Unknown()),
                Builtin.of("size", "x", ShapeBuiltins::size),
                Builtin.of("length", "list", ShapeBuiltins::length),
                Builtin.of("reshape", "x shape", ShapeBuiltins::reshape),
                Builtin.of("broadcast", "x shape", ShapeBuiltins::broadcast),
                Builtin.of("transpose", "x axes?", ShapeBuiltins::transpose),
                Builtin.of("reverse", "x axis", ShapeBuiltins::reverse),
                Builtin.of("concat", "parts* axis?", ShapeBuiltins::concat),
                Builtin.of("split", "x parts axis?", ShapeBuiltins::split));
    }

    private static Datum tensor(Variable variable) {
        return new Datum.Tensor(variable);
    }

    /// The sizes of a tensor, or of a shape themselves.
    private static Datum shape(Site site) {
        return switch (site.value("x")) {
            case Datum.Tensor(Variable x) ->
                new Datum.Listing(x.type().shape().dims().stream().map(dim -> (Datum) new Datum.Whole(dim.size())).toList());
            case Datum.Listing list -> list;
            case Datum.Whole _,Datum.Real _,Datum.Truth _ -> new Datum.Listing(List.of());
            default -> site.expected("x", "a tensor or a shape");
        };
    }

    /// The number of elements.
    private static Datum size(Site site) {
        return site.value("x") instanceof Datum.Tensor(Variable x)
                ? new Datum.Whole(x.type().shape().size().size())
                : site.expected("x", "a tensor");
    }

    private static Datum length(Site site) {
        return switch (site.value("list")) {
            case Datum.Listing(List<Datum> elements) -> new Datum.Whole(elements.size());
            case Datum.Group(List<String> _, List<Datum> elements) -> new Datum.Whole(elements.size());
            default -> site.expected("list", "a list");
        };
    }

    private static Datum reshape(Site site) {
        Optional<Variable> x = site.tensor("x");
        Optional<Shape> shape = site.shape("shape");
        if (x.isEmpty() || shape.isEmpty()) {
            return new Datum.Unknown();
        }
        if (!shape.get().size().equals(x.get().type().shape().size())) {
            String count = shape.get() + " has " + shape.get().size() + " elements, not " + x.get().type().shape().size();
            return site.report(
                    new ShapeProblem.Cannot(site.span("shape"), "reshape " + x.get().describe() + " to " + shape.get(), count, x.get()));
        }
        return tensor(shape.get().equals(x.get().type().shape()) ? x.get() : site.emit(new Reshape(shape.get()), x.get()));
    }

    private static Datum broadcast(Site site) {
        Optional<Variable> x = site.tensor("x");
        Optional<Shape> shape = site.shape("shape");
        if (x.isEmpty() || shape.isEmpty()) {
            return new Datum.Unknown();
        }
        if (!Emission.common(x.get().type().shape(), shape.get()).equals(shape)) {
            return site.report(new ShapeProblem.Needed(site.span(), "what is repeated to " + shape.get(), "of a shape that fits", x.get()));
        }
        return tensor(site.evaluator().emission().broadcast(site.span(), x.get(), shape.get()));
    }

    private static Datum transpose(Site site) {
        Optional<Variable> x = site.tensor("x");
        if (x.isEmpty()) {
            return new Datum.Unknown();
        }
        int rank = x.get().type().rank();
        List<Integer> axes = IntStream.range(0, rank).map(axis -> rank - 1 - axis).boxed().toList();
        if (site.has("axes")) {
            axes = site.value("axes") instanceof Datum.Listing(List<Datum> listed)
                    ? listed.stream().filter(Datum.Whole.class::isInstance).map(one -> Math.clamp(((Datum.Whole) one).value(), -1, rank))
                            .toList()
                    : List.of();
            if (axes.size() != rank || !axes.stream().sorted().toList().equals(IntStream.range(0, rank).boxed().toList())) {
                return site.expected("axes", "a list of each axis once, 0 to " + (rank - 1) + ", for a tensor " + x.get().describe());
            }
        }
        return tensor(site.emit(new Transpose(axes), x.get()));
    }

    private static Datum reverse(Site site) {
        Optional<Variable> x = site.tensor("x");
        OptionalInt axis = x.isPresent() ? site.axis("axis", x.get()) : OptionalInt.empty();
        return axis.isEmpty() ? new Datum.Unknown() : tensor(site.emit(new Reverse(axis.getAsInt()), x.get()));
    }

    private static Datum concat(Site site) {
        List<Datum> parts = switch (site.value("parts")) {
            case Datum.Listing(List<Datum> elements) -> elements;
            case Datum.Group(List<String> _, List<Datum> elements) -> elements;
            default -> List.of();
        };
        if (parts.isEmpty()) {
            return site.expected("parts", "a list of tensors");
        }
        List<Variable> tensors = parts.stream().flatMap(part -> site.evaluator().tensor(part, "a part", site.span("parts")).stream())
                .toList();
        if (tensors.size() < parts.size()) {
            return new Datum.Unknown();
        }
        Variable first = tensors.getFirst();
        OptionalInt axis = site.has("axis") ? site.axis("axis", first) : OptionalInt.of(first.type().rank() - 1);
        if (axis.isEmpty()) {
            return new Datum.Unknown();
        }
        for (Variable other : tensors) {
            if (first.type().rank() == 0 || !withoutAxis(first, axis.getAsInt()).equals(withoutAxis(other, axis.getAsInt()))) {
                return site.report(
                        new ShapeProblem.Mismatch(site.span(), "concat", "needs tensors that differ in one axis only", first, other));
            }
        }
        return tensor(site.emit(new Concatenate(axis.getAsInt()), tensors.toArray(Variable[]::new)));
    }

    private static List<Object> withoutAxis(Variable variable, int axis) {
        List<Object> rest = new ArrayList<>(variable.type().shape().dims());
        if (axis < rest.size()) {
            rest.set(axis, variable.type().element());
        }
        return rest;
    }

    /// Into so many equal parts, or parts of the listed sizes.
    private static Datum split(Site site) {
        Optional<Variable> x = site.tensor("x");
        if (x.isEmpty()) {
            return new Datum.Unknown();
        }
        OptionalInt last = x.get().type().rank() == 0 ? OptionalInt.empty() : OptionalInt.of(x.get().type().rank() - 1);
        OptionalInt axis = site.has("axis") ? site.axis("axis", x.get()) : last;
        if (axis.isEmpty()) {
            return site.has("axis") ? new Datum.Unknown() : site.expected("x", "a tensor with at least one axis");
        }
        int whole = x.get().type().shape().dim(axis.getAsInt()).size();
        List<Integer> sizes = switch (site.value("parts")) {
            case Datum.Whole(long count) when count >= 1 && whole % count == 0 ->
                IntStream.range(0, (int) count).map(_ -> (int) (whole / count)).boxed().toList();
            case Datum.Listing(List<Datum> listed) ->
                listed.stream().flatMap(one -> site.evaluator().sizes().size(one, site.span("parts")).stream()).toList();
            default -> List.of();
        };
        if (sizes.stream().mapToLong(Integer::longValue).sum() != whole) {
            return site.report(new ShapeProblem.Cannot(site.span("parts"), "split " + x.get().describe() + " like this",
                    "axis " + axis.getAsInt() + " has " + whole + " elements", x.get()));
        }
        List<Datum> parts = new ArrayList<>();
        int start = 0;
        for (int size : sizes) {
            parts.add(tensor(site.emit(new Slice(axis.getAsInt(), start, Dim.of(size), 1), x.get())));
            start += size;
        }
        return new Datum.Group(List.of(), parts);
    }
}
