package nnet.compiler.model;

import java.util.ArrayList;
import java.util.List;
import nnet.compiler.source.Span;

/// A first dimension of inputs that is known only at run time: `time` in `words: category(5000)[time <= 200]`.
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

    /// Sizes of all lengths of a network for which forms of their own pay, from long to short. Each has about half of the one before, of every length that can be
    /// shorter: so there are as many forms for several lengths as for one.
    public static List<List<Integer>> shorter(List<Length> lengths) {
        List<List<Integer>> forms = new ArrayList<>();
        List<Integer> sizes = lengths.stream().map(Length::bound).toList();
        List<Integer> halves = halves(sizes);
        while (!halves.equals(sizes) && forms.size() < MOST_FORMS) {
            forms.add(halves);
            sizes = halves;
            halves = halves(sizes);
        }
        return forms;
    }

    private static List<Integer> halves(List<Integer> sizes) {
        return sizes.stream().map(size -> {
            int half = Math.ceilDiv(size, 2 * STEP) * STEP;
            return half < LEAST ? size : Math.min(half, size);
        }).toList();
    }
}
