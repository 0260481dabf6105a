package nnet.compiler.fuse;

import java.util.List;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;

/// What becomes one kernel: values that are computed together.
///
/// @param rows   the common outer axes of its values, over which the kernel is parallel
/// @param roots  the values that it computes, each after those it needs; everything else that they need is loaded, or computed on the way
/// @param stored the roots that are needed by other kernels or outside
public record Cluster(Kind kind, List<Dim> rows, List<Value> roots, List<Value> stored) {

    public enum Kind {
        /// Every root has the shape `rows` and is a function of one index: maps, and sums over leading axes ("columns").
        FLAT,
        /// Sequences of maps and reductions over the axes behind `rows`.
        ROWS,
        /// The first root is a contraction, the others are its epilogue: of the same shape, element by element.
        CONTRACTION,
        /// One operation that is no function of the index: the loop over its scattered updates, or over its steps.
        SINGLE
    }

    public Cluster {
        rows = List.copyOf(rows);
        roots = List.copyOf(roots);
        stored = List.copyOf(stored);
    }
}
