package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.type.ElementType;

/// A packed B for a band of positions, out of a `Box`: for each group of `width` columns, its steps one after the other, each as many elements side by side. Register
/// tiles read it from the beginning to the end, without a table and without tests of bounds. Columns are the positions of the band and nothing else.
///
/// A column's elements are copied a whole vector at a time. Where a line of positions ends inside of a vector, what is too much lands on what is copied next: the next
/// line, or the next step. So the order of the copies matters, and there is a step of room behind each group.
final class Panel {

    /// A run of columns that are neighbours in the box, at most a vector long.
    private record Run(int column, int place) {
    }

    private final Nest nest;
    private final Box box;
    private final List<Sliding> axes;
    private final int steps;
    private final int width;
    private final int lanes;
    final Buffer buffer;

    /// @param steps of a chunk, at most
    /// @param width columns of a group
    /// @param lanes elements of a machine vector
    Panel(Draft draft, Box box, List<Sliding> axes, int steps, int width, int lanes, ElementType type) {
        nest = draft.nest;
        this.box = box;
        this.axes = axes;
        this.steps = steps;
        this.width = width;
        this.lanes = lanes;
        buffer = draft.formals.scratch(type, Math.ceilDiv(positions(0), width) * group());
    }

    /// Columns of a band, in whole vectors.
    int columns() {
        return ConvolutionKernel.roundUp(positions(0), lanes);
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

    /// @param place where a step begins in the box
    void pack(Expr count, UnaryOperator<Index> place) {
        List<Run> runs = runs();
        Cuts cuts = new Cuts(nest, steps);
        cuts.each("k", count, step -> {
            Index start = place.apply(step);
            for (Run run : runs) {
                int group = run.column / width * width;
                cuts.vector(Expr.i32(lanes), lanes, lane -> nest.store(buffer, at(Index.of(group), step, lane.plus(run.column - group)),
                        new Expr.Load(box.buffer, nest.expr(start.plus(run.place).plus(lane)))));
            }
        });
    }

    /// What is copied for each step, in ascending order.
    private List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        int length = axes.getLast().band();
        for (int line = 0; line < positions(0) / length; line++) {
            int end = (line + 1) * length;
            int next;
            for (int column = line * length; column < end; column = next) {
                runs.add(new Run(column, place(line) + column - line * length));
                next = Math.min(column + lanes, (column / width + 1) * width);
            }
        }
        return runs;
    }

    /// Where a line of positions begins in the box.
    private int place(int line) {
        int place = 0;
        int rest = line;
        for (int axis = axes.size() - 2; axis >= 0; axis--) {
            place += rest % axes.get(axis).band() * box.stride(axis);
            rest /= axes.get(axis).band();
        }
        return place;
    }
}
