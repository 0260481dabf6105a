package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import nnet.compiler.loop.Buffer;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;

/// Where a kernel finds the elements of a value: a buffer, the position of the first one, and a stride for each axis (0 for the axes of rows when the
/// buffer is scratch of one row).
record Place(Buffer buffer, Index base, List<Dim> strides) {

    static Place rowMajor(Buffer buffer, Shape shape) {
        return new Place(buffer, Index.ZERO, strides(shape.dims()));
    }

    /// A buffer that holds one row of a value: the first `rows` axes do not move.
    static Place rowOf(Buffer buffer, Shape shape, int rows) {
        List<Dim> all = new ArrayList<>();
        for (int axis = 0; axis < rows; axis++) {
            all.add(Dim.of(0));
        }
        all.addAll(strides(shape.dims().subList(rows, shape.rank())));
        return new Place(buffer, Index.ZERO, all);
    }

    private static List<Dim> strides(List<Dim> dims) {
        List<Dim> result = new ArrayList<>();
        Dim stride = Dim.ONE;
        for (Dim dim : dims.reversed()) {
            result.addFirst(stride);
            stride = stride.times(dim);
        }
        return result;
    }

    Index offset(List<Index> indices) {
        Index result = base;
        for (int axis = 0; axis < strides.size(); axis++) {
            result = result.plus(indices.get(axis).times(strides.get(axis)));
        }
        return result;
    }
}
