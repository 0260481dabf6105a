package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;

/// A matrix in panels, `[panels, rows, WIDTH]`: its columns in groups of `WIDTH`, each with its rows one after the other, zeros behind the last column. A product
/// that multiplies by the matrix reads a panel from first to last, as it lies.
///
/// In a graph this is no operation of its own: the matrix is a reshape and a transpose of its panels, and whoever reads it in place recognises that.
public final class Panels {

    /// Columns of a panel: one to four vectors of any machine.
    public static final int WIDTH = 16;

    /// Columns of a panel of which a few are read one by one: as many as a register tile has, so that nothing else lies between two steps.
    public static final int FEW = 4;

    private Panels() {
    }

    /// The panels of a matrix `[rows, columns]`.
    public static Value lay(Builder builder, Value matrix, int width) {
        Dim rows = matrix.shape().dim(0);
        int columns = matrix.shape().dim(1).size();
        int panels = (columns + width - 1) / width;
        int behind = panels * width - columns;
        Value whole = behind == 0 ? matrix : builder.add(new Pad(1, 0, behind, 0), matrix);
        Shape apart = new Shape(List.of(rows, Dim.of(panels), Dim.of(width)));
        return builder.add(new Transpose(List.of(1, 0, 2)), builder.add(new Reshape(apart), whole));
    }

    /// The matrix that lies in panels.
    public static Value matrix(Builder builder, Value panels, Dim columns) {
        Dim rows = panels.shape().dim(1);
        Dim all = panels.shape().dim(0).times(panels.shape().dim(2));
        Value whole = builder.add(new Reshape(new Shape(List.of(rows, all))), builder.add(new Transpose(List.of(1, 0, 2)), panels));
        return all.equals(columns) ? whole : builder.add(new Slice(1, 0, columns, 1), whole);
    }

    /// The panels that a matrix lies in, if it does: what `matrix` has made, also where its rows are an axis for each of several things.
    public static Optional<Value> of(Function<Value, Equation> definitions, Value matrix) {
        Equation last = definitions.apply(matrix);
        if (last != null && last.op() instanceof Reshape && matrix.shape().rank() > 2
                && matrix.shape().dims().getLast().equals(last.operands().getFirst().shape().dims().getLast())) {
            return of(definitions, last.operands().getFirst());
        }
        Equation reshape = last != null && last.op() instanceof Slice(int axis, int start, Dim _, int stride) && axis == 1 && start == 0
                && stride == 1 ? definitions.apply(last.operands().getFirst()) : last;
        if (reshape == null || !(reshape.op() instanceof Reshape) || reshape.result().shape().rank() != 2) {
            return Optional.empty();
        }
        Equation transpose = definitions.apply(reshape.operands().getFirst());
        if (transpose == null || !transpose.op().equals(new Transpose(List.of(1, 0, 2)))) {
            return Optional.empty();
        }
        Shape shape = transpose.operands().getFirst().shape();
        boolean fits = reshape.result().shape().dim(0).equals(shape.dim(1));
        return fits ? Optional.of(transpose.operands().getFirst()) : Optional.empty();
    }
}
