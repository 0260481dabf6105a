package nnet.compiler.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnet.compiler.check.Sliding.Margin;
import nnet.compiler.model.Variable;
import nnet.compiler.tensor.Transpose;
import nnet.compiler.tensor.Window;
import nnet.compiler.type.Dim;

/// Functions over windows that slide along the last axes of a tensor `[channels, d1, ..., dn]`: what pooling and convolution are made of.
final class WindowBuiltins {

    private WindowBuiltins() {
    }

    static List<Builtin> all() {
        return List.of(Builtin.of("windows", "x size stride? padding? dilation? fill? ceil?", WindowBuiltins::windows),
                Builtin.of("convolve", "x weight stride? padding? dilation? groups?", Convolution::convolve),
                Builtin.of("convolve_transposed", "x weight stride? padding? output_padding? dilation? groups?", Convolution::transposed),
                Builtin.of("pad", "x amount mode? value?", PadBuiltin::pad));
    }

    /// `[..., o1, ..., on, k1, ..., kn]`
    private static Datum windows(Site site) {
        Optional<Variable> x = site.real("x");
        if (x.isEmpty()) {
            return new Datum.Unknown();
        }
        int rank = x.get().type().rank();
        int count = site.value("size") instanceof Datum.Listing(List<Datum> sizes) ? sizes.size() : Math.max(1, rank - 1);
        if (count > rank || count == 0) {
            return site.report(new ShapeProblem.Needed(site.span("x"), "the input of `windows`", "of rank " + Math.max(1, count)
                    + " or more", x.get()));
        }
        Optional<List<Integer>> sizes = Sliding.numbers(site, "size", count, 1, 1);
        Optional<List<Sliding>> slidings = sizes.flatMap(taps -> slidings(site, x.get(), taps));
        double fill = site.has("fill") && Arithmetic.isNumber(site.value("fill")) ? Arithmetic.real(site.value("fill")) : 0;
        if (site.has("fill") && !Arithmetic.isNumber(site.value("fill"))) {
            return site.expected("fill", "a number");
        }
        return slidings.flatMap(each -> slide(site, x.get(), each, site.truth("ceil"), fill)).map(slid -> {
            int first = rank - count;
            List<Integer> order = Stream.of(IntStream.range(0, first), IntStream.range(0, count).map(i -> first + 2 * i),
                    IntStream.range(0, count).map(i -> first + 2 * i + 1)).flatMap(IntStream::boxed).toList();
            return (Datum) new Datum.Tensor(site.emit(new Transpose(order), slid));
        }).orElse(new Datum.Unknown());
    }

    /// The sliding along each of the last axes. Empty after a report.
    static Optional<List<Sliding>> slidings(Site site, Variable x, List<Integer> taps) {
        int count = taps.size();
        Optional<List<Integer>> strides = Sliding.numbers(site, "stride", count, 1, 1);
        Optional<List<Integer>> dilations = Sliding.numbers(site, "dilation", count, 1, 1);
        boolean same = Sliding.isSame(site);
        Optional<List<Margin>> margins = same
                ? Optional.of(List.of())
                : Sliding.margins(site, "padding", count, ", or \"same\"");
        if (strides.isEmpty() || dilations.isEmpty() || margins.isEmpty()) {
            return Optional.empty();
        }
        List<Sliding> slidings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Dim size = x.type().shape().dim(x.type().rank() - count + i);
            int stride = strides.get().get(i);
            int dilation = dilations.get().get(i);
            Margin margin = !same ? margins.get().get(i) : Sliding.same(size.size(), taps.get(i), stride, dilation);
            slidings.add(new Sliding(size, taps.get(i), stride, dilation, margin.before(), margin.after()));
        }
        return Optional.of(slidings);
    }

    /// One window operation for each axis: `[..., o1, k1, ..., on, kn]`. Empty after a report.
    static Optional<Variable> slide(Site site, Variable x, List<Sliding> slidings, boolean partial, double fill) {
        int first = x.type().rank() - slidings.size();
        Variable result = x;
        for (int i = 0; i < slidings.size(); i++) {
            Sliding each = slidings.get(i);
            int positions = each.positions(partial);
            if (positions < 1) {
                int padded = each.size().size() + each.before() + each.after();
                site.report(new ShapeProblem.Cannot(site.span(), "slide a window of " + each.span() + " along axis " + (first + i),
                        "it has " + padded + " elements" + (padded > each.size().size() ? " with its padding" : ""), x));
                return Optional.empty();
            }
            result = site.emit(new Window(first + 2 * i, Dim.of(positions), each.taps(), each.stride(), each.dilation(), -each.before(),
                    1, false, fill), result);
        }
        return Optional.of(result);
    }
}
