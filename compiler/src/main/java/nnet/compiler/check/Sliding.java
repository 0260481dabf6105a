package nnet.compiler.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import nnet.compiler.type.Dim;

/// How windows slide along one axis.
///
/// @param size     elements of the axis
/// @param taps     elements of a window
/// @param stride   from one window to the next
/// @param dilation from one tap to the next
/// @param before   what the first window sees in front of the axis
/// @param after    what the last window may see behind it
record Sliding(Dim size, int taps, int stride, int dilation, int before, int after) {

    /// What is given for each of several axes: `stride: 2` for all of them, `stride: [2, 1]` one by one.
    ///
    /// @return empty after a report
    static Optional<List<Integer>> numbers(Site site, String argument, int count, int least, int standard) {
        if (!site.has(argument)) {
            return Optional.of(Collections.nCopies(count, standard));
        }
        Datum given = site.value(argument);
        List<Datum> each = given instanceof Datum.Listing(List<Datum> elements) ? elements : Collections.nCopies(count, given);
        List<Integer> numbers = each.stream().flatMap(one -> number(one, least).stream()).toList();
        if (numbers.size() != count || each.size() != count) {
            site.expected(argument, "a whole number of at least " + least + ", or a list of " + count);
            return Optional.empty();
        }
        return Optional.of(numbers);
    }

    private static Optional<Integer> number(Datum datum, int least) {
        return datum instanceof Datum.Whole(long number) && number >= least && number <= 1 << 24
                ? Optional.of((int) number)
                : Optional.empty();
    }

    /// What is before and after each axis: `1`, `[1, 0]`, `[[0, 1], [2, 2]]`. Empty after a report.
    static Optional<List<Margin>> margins(Site site, String argument, int count, String otherwise) {
        if (!site.has(argument)) {
            return Optional.of(Collections.nCopies(count, new Margin(0, 0)));
        }
        Datum given = site.value(argument);
        List<Datum> each = given instanceof Datum.Listing(List<Datum> elements) ? elements : Collections.nCopies(count, given);
        List<Margin> margins = new ArrayList<>();
        for (Datum one : each) {
            List<Datum> pair = one instanceof Datum.Listing(List<Datum> elements) ? elements : List.of(one, one);
            List<Integer> numbers = pair.stream().flatMap(number -> number(number, 0).stream()).toList();
            if (numbers.size() == 2 && pair.size() == 2) {
                margins.add(new Margin(numbers.getFirst(), numbers.getLast()));
            }
        }
        if (margins.size() != count || each.size() != count) {
            site.expected(argument,
                    "a whole number, a list of " + count + " numbers or of " + count + " pairs [before, after]" + otherwise);
            return Optional.empty();
        }
        return Optional.of(margins);
    }

    static boolean isSame(Site site) {
        return site.has("padding") && site.value("padding").equals(new Datum.Text("same"));
    }

    /// What lies on both sides of an axis.
    record Margin(int before, int after) {

        /// Half of it before; of an odd number the larger half behind.
        static Margin halves(int total) {
            return new Margin(Math.max(total, 0) / 2, (Math.max(total, 0) + 1) / 2);
        }
    }

    /// The margin with which there is one window for each `stride` elements, the last of which may be fewer.
    static Margin same(int size, int taps, int stride, int dilation) {
        int windows = (size + stride - 1) / stride;
        return Margin.halves((windows - 1) * stride + (taps - 1) * dilation + 1 - size);
    }

    /// How many elements a window spans.
    int span() {
        return (taps - 1) * dilation + 1;
    }

    /// How many windows there are, less than 1 if not even one fits.
    ///
    /// @param partial whether a last window counts of which a part only is inside, but which begins inside or before
    int positions(boolean partial) {
        int room = size.size() + before + after - span();
        int windows = Math.floorDiv(room + (partial ? stride - 1 : 0), stride) + 1;
        boolean beginsBehind = partial && (windows - 1) * stride >= size.size() + before;
        return Math.max(0, beginsBehind ? windows - 1 : windows);
    }
}
