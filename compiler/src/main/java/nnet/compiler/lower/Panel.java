package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;

/// A packed B for a band of positions, out of a `Box` or straight from the operand: for each group of `width` columns, its steps one after the other, each as many elements side by side. Register
/// tiles read it from the beginning to the end, without a table and without tests of bounds. Columns are the positions of the band and nothing else.
///
/// A column's elements are copied a whole vector at a time. Where a line of positions ends inside of a vector, what is too much lands on what is copied next: the next
/// line, or the next step. So the order of the copies matters, and there is a step of room behind each group.
final class Panel {

    /// A run of columns that are neighbours in their line, at most a vector long: the column of the first, and its position.
    ///
    /// @param count columns that are copied: a whole vector where there is one
    private record Run(int column, List<Integer> position, int count) {
    }

    /// What a step multiplies by at a position of the band, an index along each axis.
    interface Line {
        Expr at(List<Index> positions);
    }

    private final Nest nest;
    private final List<Sliding> axes;
    private final int steps;
    private final int width;
    private final int lanes;
    /// How far the next position of each axis is in the operand; nothing where a box is copied from.
    private final List<Integer> strides;
    final Buffer buffer;

    Panel(Draft draft, List<Sliding> axes, ConvolutionPlan plan) {
        nest = draft.nest;
        this.axes = axes;
        steps = Math.min(plan.steps(), Labels.CHUNK);
        width = plan.tile().columns();
        lanes = plan.target().lanes();
        strides = plan.strides();
        buffer = draft.formals.scratch(plan.type(), Math.ceilDiv(positions(0), width) * group());
    }

    /// Columns of a band, in whole vectors.
    int columns() {
        return Cuts.roundUp(positions(0), lanes);
    }

    /// How far the next position of an axis is, in columns.
    int stride(int axis) {
        return positions(axis + 1);
    }

    /// Positions of a band along some of the last axes.
    private int positions(int from) {
        return axes.subList(from, axes.size()).stream().mapToInt(Sliding::band).reduce(1, (a, b) -> a * b);
    }

    private int group() {
        return (steps + 1) * width;
    }

    /// The element of a column at a step of the chunk.
    ///
    /// @param group the first column of its group
    Index at(Index group, Index step, Index lane) {
        return group.times(steps + 1).plus(step.times(width)).plus(lane);
    }

    /// @param line what each step multiplies by
    void pack(Expr count, Function<Index, Line> line) {
        List<Run> runs = runs();
        Cuts cuts = new Cuts(nest, steps);
        cuts.each("k", count, step -> {
            Line own = line.apply(step);
            for (Run run : runs) {
                int group = run.column / width * width;
                Consumer<Index> copy = lane -> nest.store(buffer, at(Index.of(group), step, lane.plus(run.column - group)),
                        own.at(positions(run, lane)));
                if (run.count == lanes) {
                    cuts.vector(Expr.i32(lanes), lanes, copy);
                } else {
                    cuts.each("i", Expr.i32(run.count), copy);
                }
            }
        });
    }

    private static List<Index> positions(Run run, Index lane) {
        List<Index> positions = new ArrayList<>(run.position.stream().map(Index::of).toList());
        positions.add(positions.removeLast().plus(lane));
        return positions;
    }

    /// What is copied for each step, in ascending order.
    private List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        int length = runsOn() ? positions(0) : axes.getLast().band();
        for (int line = 0; line < positions(0) / length; line++) {
            int end = (line + 1) * length;
            int next;
            for (int column = line * length; column < end; column = next) {
                next = Math.min(column + lanes, (column / width + 1) * width);
                List<Integer> position = position(line, column - line * length);
                runs.add(new Run(column, position, hasVector(position) ? lanes : Math.min(next, end) - column));
            }
        }
        return runs;
    }

    /// Whether lines of positions run on into each other in the operand.
    private boolean runsOn() {
        return !strides.isEmpty() && IntStream.range(1, strides.size())
                .allMatch(axis -> strides.get(axis - 1) == strides.get(axis) * axes.get(axis).band());
    }

    /// Whether a whole vector from there on lies before the end of the operand.
    private boolean hasVector(List<Integer> position) {
        return strides.isEmpty()
                || offset(position) + (lanes - 1) * strides.getLast() <= offset(axes.stream().map(axis -> axis.band() - 1).toList());
    }

    private int offset(List<Integer> position) {
        return IntStream.range(0, position.size()).map(axis -> position.get(axis) * strides.get(axis)).sum();
    }

    /// The position of a line's element; where lines run on, the last axis does.
    private List<Integer> position(int line, int last) {
        List<Integer> position = new ArrayList<>(List.of(last));
        int rest = line;
        for (int axis = axes.size() - 2; axis >= 0; axis--) {
            position.addFirst(rest % axes.get(axis).band());
            rest /= axes.get(axis).band();
        }
        return position;
    }
}
