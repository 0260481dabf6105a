package nnet.compiler.tensor;

import java.util.List;
import java.util.stream.IntStream;

/// Arithmetic of axis numbers.
public final class Axes {

    private Axes() {
    }

    /// The axes of a tensor of `rank` that are not in `axes`, ascending.
    public static List<Integer> others(List<Integer> axes, int rank) {
        return IntStream.range(0, rank).boxed().filter(axis -> !axes.contains(axis)).toList();
    }
}
