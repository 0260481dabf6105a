package nnet.compiler.tensor;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// A matrix in panels, `[panels, rows + 1, WIDTH]`: its columns in groups of `WIDTH`, each with its rows one after the other, zeros behind the last column. A product
/// that multiplies by the matrix reads a panel from first to last, as it lies.
///
/// The last row of each panel is the check of the whole matrix: 0 if all its elements are finite, else NaN; 1 where nobody asks, since the matrix is small. Zeros
/// times finite elements are zeros, which a sum may leave out. (The row keeps panels apart, too: without it, those of 512 rows would take the same places of a cache.)
///
/// In a graph this is no operation of its own: the matrix is a reshape and a transpose of its panels, and whoever reads it in place recognises that. Where the matrix lies in memory
/// itself as well, it stands below the one of panels, and is cut off again: who reads few of its rows reads those.
public final class Panels {

    /// Columns of a panel: one to four vectors of any machine.
    public static final int WIDTH = 16;

    /// Columns of a panel of which a few are read one by one: as many as a register tile has, so that nothing else lies between two steps.
    public static final int FEW = 6;

    /// Rows and columns from which on steps of a row are listed sooner than all are taken.
    private static final int CHECKED = 64;

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
        Value laid = builder.add(new Transpose(List.of(1, 0, 2)), builder.add(new Reshape(apart), whole));
        Value check = width == WIDTH && areChecked(rows, Dim.of(columns))
                // 0 * w is NaN for a w that is not finite.
                ? builder.add(new Sum(List.of(0, 1)), builder.times(matrix, builder.like(matrix, 0)))
                : builder.constant(new TensorType(matrix.type().element(), new Shape(List.of())), 1);
        Shape row = new Shape(List.of(Dim.of(panels), Dim.ONE, Dim.of(width)));
        return builder.add(new Concatenate(1), laid, builder.add(new Broadcast(row, List.of()), check));
    }

    /// Whether it is known of a matrix of this size that all of it is finite.
    public static boolean areChecked(Dim rows, Dim columns) {
        return rows.isFixed() && rows.size() >= CHECKED && columns.size() >= CHECKED;
    }

    /// The matrix that lies in panels.
    public static Value matrix(Builder builder, Value panels, Dim columns) {
        Dim rows = Dim.of(panels.shape().dim(1).size() - 1);
        Dim all = panels.shape().dim(0).times(panels.shape().dim(2));
        Value laid = builder.add(new Slice(1, 0, rows, 1), panels);
        Value whole = builder.add(new Reshape(new Shape(List.of(rows, all))), builder.add(new Transpose(List.of(1, 0, 2)), laid));
        return all.equals(columns) ? whole : builder.add(new Slice(1, 0, columns, 1), whole);
    }

    /// A matrix that lies in panels and as it is.
    public static Value beside(Builder builder, Value panels, Value matrix) {
        Dim rows = matrix.shape().dim(0);
        Value laid = matrix(builder, panels, matrix.shape().dim(1));
        return builder.add(new Slice(0, 0, rows, 1), builder.add(new Concatenate(0), laid, matrix));
    }

    /// What `beside` has put together: the matrix of panels, and the one as it is.
    private static Optional<List<Value>> both(Function<Value, Equation> definitions, Value matrix) {
        Equation cut = definitions.apply(matrix);
        if (cut == null || !(cut.op() instanceof Slice(int axis, int start, Dim rows, int stride)) || axis != 0 || start != 0
                || stride != 1) {
            return Optional.empty();
        }
        Equation both = definitions.apply(cut.operands().getFirst());
        return both != null && both.op().equals(new Concatenate(0)) && both.operands().size() == 2
                && both.operands().stream().allMatch(part -> part.shape().dim(0).equals(rows))
                        ? Optional.of(both.operands())
                        : Optional.empty();
    }

    /// The matrix itself, where it lies beside its panels.
    public static Optional<Value> asItIs(Function<Value, Equation> definitions, Value matrix) {
        return both(definitions, matrix).filter(parts -> of(definitions, parts.getFirst()).isPresent()).map(List::getLast);
    }

    /// The panels that a matrix lies in, if it does: what `matrix` has made, also where its rows are an axis for each of several things.
    public static Optional<Value> of(Function<Value, Equation> definitions, Value matrix) {
        Optional<List<Value>> both = both(definitions, matrix);
        if (both.isPresent()) {
            return of(definitions, both.get().getFirst());
        }
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
        Equation rows = definitions.apply(transpose.operands().getFirst());
        if (rows == null || !(rows.op() instanceof Slice(int along, int first, Dim size, int step)) || along != 1 || first != 0
                || step != 1 || !size.isFixed()) {
            return Optional.empty();
        }
        Value panels = rows.operands().getFirst();
        boolean fits = panels.shape().dim(1).equals(Dim.of(size.size() + 1)) && reshape.result().shape().dim(0).equals(size);
        return fits ? Optional.of(panels) : Optional.empty();
    }
}
