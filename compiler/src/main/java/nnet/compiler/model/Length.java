package nnet.compiler.model;

import java.util.ArrayList;
import java.util.List;
import nnet.compiler.source.Span;

/// The first dimension of inputs that is known only at run time: `time` in `words: category(5000)[time <= 200]`.
///
/// @param name  also the name of the input that says how many elements an example has
/// @param bound the most elements of an example
/// @param ports the inputs that have it
public record Length(String name, int bound, List<String> ports, Span span) {

    /// Sums of fewer elements are made in another order, so shorter forms would give other bits.
    private static final int LEAST = 32;
    private static final int STEP = 16;
    private static final int MOST_FORMS = 3;

    public Length {
        ports = List.copyOf(ports);
    }

    /// Lengths for which forms of their own pay, from long to short: each about half of the one before.
    public List<Integer> shorter() {
        List<Integer> sizes = new ArrayList<>();
        for (int size = half(bound); size >= LEAST && sizes.size() < MOST_FORMS && !sizes.contains(size); size = half(size)) {
            sizes.add(size);
        }
        return sizes;
    }

    private static int half(int size) {
        int half = Math.ceilDiv(size, 2 * STEP) * STEP;
        return half < size ? half : 0;
    }
}
