package nnet.compiler.fuse;

import java.util.List;
import nnet.compiler.tensor.Value;

/// A root or input that another value is made of (directly, or through values that are computed on the way).
///
/// @param axes for each axis of `root` the axis of the other value that it runs along with, or -1
public record Need(Value root, List<Integer> axes) {

    public Need {
        axes = List.copyOf(axes);
    }

    /// Whether element by element: the other value at some index needs the root at the same index only.
    public boolean isAligned(Value user) {
        return Axes.isIdentity(axes, root, user);
    }
}
