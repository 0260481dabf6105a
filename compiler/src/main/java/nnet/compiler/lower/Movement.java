package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Binary;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.loop.Variable;
import nnet.compiler.tensor.Broadcast;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.Reverse;
import nnet.compiler.tensor.Slice;
import nnet.compiler.tensor.StopGradient;
import nnet.compiler.tensor.Transpose;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;

/// Operations that only move elements are index arithmetic: which element of the operand an element of the result is.
final class Movement {

    private Movement() {}

    /// The indices into the operand, or nothing if the operation does more than move.
    static Optional<List<Index>> source(Nest nest, Equation equation, List<Index> indices) {
        return switch (equation.op()) {
            case StopGradient _ -> Optional.of(indices);
            case Broadcast broadcast -> Optional.of(broadcast.axes().stream().map(indices::get).toList());
            case Transpose transpose -> Optional.of(transpose(transpose, indices));
            case Slice slice ->
                Optional.of(replace(indices, slice.axis(), indices.get(slice.axis()).times(slice.stride()).plus(slice.start())));
            case Reverse reverse -> {
                Dim size = equation.operands().getFirst().shape().dim(reverse.axis());
                yield Optional.of(replace(indices, reverse.axis(), Index.of(size).plus(-1).minus(indices.get(reverse.axis()))));
            }
            case Reshape _ ->
                Optional.of(reshape(nest, indices, equation.results().getFirst().shape(), equation.operands().getFirst().shape()));
            default -> Optional.empty();
        };
    }

    private static List<Index> transpose(Transpose transpose, List<Index> indices) {
        List<Index> result = new ArrayList<>(indices);
        for (int axis = 0; axis < indices.size(); axis++) {
            result.set(transpose.permutation().get(axis), indices.get(axis));
        }
        return result;
    }

    static List<Index> replace(List<Index> indices, int axis, Index index) {
        List<Index> result = new ArrayList<>(indices);
        result.set(axis, index);
        return result;
    }

    /// Walks both shapes from the front in groups of equal size; within a group the position is put together and taken apart again.
    private static List<Index> reshape(Nest nest, List<Index> indices, Shape from, Shape to) {
        List<Index> result = new ArrayList<>();
        int f = 0;
        int t = 0;
        while (f < from.rank() || t < to.rank()) {
            int fromEnd = f;
            int toEnd = t;
            Dim fromSize = Dim.ONE;
            Dim toSize = Dim.ONE;
            do {
                // The smaller side grows; a side that has run out leaves only ones on the other.
                if (toEnd == to.rank() || (fromEnd < from.rank() && divides(fromSize.times(from.dim(fromEnd)), toSize, toEnd > t))) {
                    fromSize = fromSize.times(from.dim(fromEnd++));
                } else {
                    toSize = toSize.times(to.dim(toEnd++));
                }
            } while (!fromSize.equals(toSize) || (fromEnd == f && f < from.rank()) || (toEnd == t && t < to.rank()));
            Index position = Index.linear(indices.subList(f, fromEnd), new Shape(from.dims().subList(f, fromEnd)));
            result.addAll(split(nest, position, to.dims().subList(t, toEnd)));
            f = fromEnd;
            t = toEnd;
        }
        return result;
    }

    /// Whether the side with size `grown` after its next step should take that step.
    private static boolean divides(Dim grown, Dim other, boolean otherBegan) {
        return otherBegan && Dims.divide(other, grown).isPresent();
    }

    /// Takes a row-major position apart into one index for each dimension. A dimension of size 1 has no part in it: its index is 0, whatever the position.
    static List<Index> split(Nest nest, Index position, List<Dim> dims) {
        List<Index> parts = new ArrayList<>(splitLarge(nest, position, dims.stream().filter(dim -> !dim.equals(Dim.ONE)).toList()));
        for (int axis = 0; axis < dims.size(); axis++) {
            if (dims.get(axis).equals(Dim.ONE)) {
                parts.add(axis, Index.ZERO);
            }
        }
        return parts;
    }

    private static List<Index> splitLarge(Nest nest, Index position, List<Dim> dims) {
        List<Index> result = new ArrayList<>();
        Index rest = position;
        if (!dims.isEmpty() && dims.stream().allMatch(Dim::isFixed) && position.asDim().filter(Dim::isFixed).isPresent()) {
            return fixed(position.asDim().get().size(), dims);
        }
        for (int axis = dims.size() - 1; axis >= 0; axis--) {
            Dim size = dims.get(axis);
            if (axis == 0 || rest.terms().isEmpty()) {
                result.addFirst(axis == 0 ? rest : Index.ZERO);
                continue;
            }
            Index above = Index.ZERO;
            Index below = Index.ZERO;
            for (Index.Term term : rest.terms()) {
                Index one = new Index(List.of(term));
                Optional<Index> quotient = Dims.divide(one, size);
                above = above.plus(quotient.orElse(Index.ZERO));
                below = quotient.isPresent() ? below : below.plus(one);
            }
            if (!staysBelow(nest, below, size)) {
                Expr value = nest.expr(rest);
                above = variable(nest, "q", new Binary(BinaryOp.DIVIDE, value, nest.dim(size)));
                below = variable(nest, "r", new Binary(BinaryOp.REMAINDER, value, nest.dim(size)));
            }
            result.addFirst(below);
            rest = above;
        }
        return result;
    }

    private static List<Index> fixed(int position, List<Dim> dims) {
        List<Index> result = new ArrayList<>();
        int rest = position;
        for (Dim size : dims.reversed()) {
            result.addFirst(Index.of(rest % size.size()));
            rest /= size.size();
        }
        return result;
    }

    private static boolean staysBelow(Nest nest, Index index, Dim size) {
        if (index.terms().isEmpty()) {
            return true;
        }
        Index.Term only = index.terms().getFirst();
        return index.terms().size() == 1 && only.factor() == 1 && only.symbols().isEmpty()
                && only.variable().flatMap(nest::extent).equals(Optional.of(size));
    }

    /// An index whose value only the running program knows.
    static Index variable(Nest nest, String name, Expr value) {
        return switch (nest.let(name, value)) {
            case Expr.Read(Variable variable) -> Index.of(variable);
            case Expr.Literal literal -> Index.of((int) literal.value());
            case Expr other -> throw new IllegalStateException("not a local: " + other);
        };
    }
}
