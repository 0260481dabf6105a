package nnet.compiler.fuse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import nnet.compiler.tensor.ArgMax;
import nnet.compiler.tensor.Attention;
import nnet.compiler.tensor.AttentionPullback;
import nnet.compiler.tensor.BatchSum;
import nnet.compiler.tensor.Broadcast;
import nnet.compiler.tensor.Concatenate;
import nnet.compiler.tensor.Constant;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Elementwise;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Gather;
import nnet.compiler.tensor.Iota;
import nnet.compiler.tensor.Max;
import nnet.compiler.tensor.Orthonormalize;
import nnet.compiler.tensor.Pad;
import nnet.compiler.tensor.RandomUniform;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.Reverse;
import nnet.compiler.tensor.Scan;
import nnet.compiler.tensor.ScatterAdd;
import nnet.compiler.tensor.Size;
import nnet.compiler.tensor.Slice;
import nnet.compiler.tensor.StopGradient;
import nnet.compiler.tensor.Sum;
import nnet.compiler.tensor.Transpose;
import nnet.compiler.tensor.Value;
import nnet.compiler.tensor.Window;
import nnet.compiler.type.Shape;

/// Which axis of a result runs along with which axis of an operand: element `[..., i, ...]` of the result is made of elements of the operand with the
/// same i at the matching axis. An axis that does not run along with any maps to NONE.
public final class Axes {

    public static final int NONE = -1;

    private Axes() {}

    /// For each axis of the operand its axis in the result.
    public static List<Integer> toResult(Equation equation, int operand) {
        Shape from = equation.operands().get(operand).shape();
        Shape to = equation.results().getFirst().shape();
        return switch (equation.op()) {
            case Elementwise _,StopGradient _,BatchSum _ -> identity(from.rank());
            case Broadcast broadcast -> broadcast.axes();
            case Transpose transpose -> IntStream.range(0, from.rank()).mapToObj(transpose.permutation()::indexOf).toList();
            case Slice slice -> without(from.rank(), slice.axis());
            case Pad pad -> without(from.rank(), pad.axis());
            case Concatenate concatenate -> without(from.rank(), concatenate.axis());
            case Reverse reverse -> without(from.rank(), reverse.axis());
            case Window window -> windowed(from.rank(), window);
            case Reshape _ -> commonPrefix(from, to);
            case Sum sum -> reduced(from.rank(), sum.axes());
            case Max max -> reduced(from.rank(), max.axes());
            case ArgMax argMax -> reduced(from.rank(), List.of(argMax.axis()));
            case Gather gather -> operand == 1 ? identity(from.rank()) : first(from.rank(), gather.batchAxes());
            case ScatterAdd scatter -> first(from.rank(), scatter.batchAxes());
            case Contraction contraction -> {
                List<Integer> labels = operand == 0 ? contraction.left() : contraction.right();
                yield labels.stream().map(contraction.result()::indexOf).toList();
            }
            case RandomUniform _,Orthonormalize _,Scan _,Attention _,AttentionPullback _ -> first(from.rank(), 0);
            case Constant _,Iota _,Size _ -> throw new IllegalArgumentException(equation.op().mnemonic() + " has no operand");
        };
    }

    /// The composition of a map into the axes of `through` with a map from there on.
    static List<Integer> then(List<Integer> first, List<Integer> second) {
        return first.stream().map(axis -> axis == NONE ? NONE : second.get(axis)).toList();
    }

    static boolean isIdentity(List<Integer> map, Value from, Value to) {
        return from.shape().equals(to.shape()) && map.equals(identity(from.shape().rank()));
    }

    static boolean keepsRows(List<Integer> map, int rows) {
        return map.size() >= rows && map.subList(0, rows).equals(identity(rows));
    }

    static List<Integer> identity(int rank) {
        return IntStream.range(0, rank).boxed().toList();
    }

    private static List<Integer> first(int rank, int kept) {
        return IntStream.range(0, rank).mapToObj(axis -> axis < kept ? axis : NONE).toList();
    }

    private static List<Integer> without(int rank, int changed) {
        return IntStream.range(0, rank).mapToObj(axis -> axis == changed ? NONE : axis).toList();
    }

    /// Axes behind a new axis of taps move on.
    private static List<Integer> windowed(int rank, Window window) {
        int added = window.tapped() ? 0 : 1;
        return IntStream.range(0, rank).mapToObj(axis -> axis == window.axis() ? NONE : axis < window.axis() ? axis : axis + added)
                .toList();
    }

    private static List<Integer> reduced(int rank, List<Integer> axes) {
        List<Integer> result = new ArrayList<>(Collections.nCopies(rank, NONE));
        int next = 0;
        for (int axis = 0; axis < rank; axis++) {
            if (!axes.contains(axis)) {
                result.set(axis, next++);
            }
        }
        return result;
    }

    private static List<Integer> commonPrefix(Shape from, Shape to) {
        int common = 0;
        while (common < from.rank() && common < to.rank() && from.dim(common).equals(to.dim(common))) {
            common++;
        }
        int kept = common;
        return IntStream.range(0, from.rank()).mapToObj(axis -> axis < kept ? axis : NONE).toList();
    }
}
