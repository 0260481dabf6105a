package nnet.compiler.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nnet.compiler.check.Sliding.Margin;
import nnet.compiler.model.Variable;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.Window;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;

/// Convolution as a contraction of windows with weights. Input channels lie in `groups` of `inner` each, output channels in as many of `outer` each; an
/// axis of size 1 that groups leave behind is dropped, so that a depthwise convolution has one axis of channels only.
record Convolution(Site site, Variable x, Variable weight, boolean transposed, int groups, int inner, int outer) {

    // What the axes of windows, weights and result are called; two more for each axis that windows slide along.
    private static final int GROUP = 0;
    private static final int INNER = 1;
    private static final int OUTER = 2;
    private static final int FIRST = 3;

    /// Weights `[out, c / groups, k...]`.
    static Datum convolve(Site site) {
        return of(site, false).flatMap(convolution -> WindowBuiltins.slidings(site, convolution.x, convolution.taps())
                .flatMap(slidings -> WindowBuiltins.slide(site, convolution.grouped(), slidings, false, 0))
                .map(convolution::contract)).orElse(new Datum.Unknown());
    }

    /// The gradient of a convolution as a layer: each element of the input adds its multiple of the weights `[c, out / groups, k...]` to the output.
    static Datum transposed(Site site) {
        return of(site, true).flatMap(convolution -> convolution.spread().map(windows -> {
            Variable result = convolution.grouped();
            int first = result.type().rank() - windows.size();
            for (int i = 0; i < windows.size(); i++) {
                Window window = windows.get(i);
                result = site.emit(new Window(first + 2 * i, window.positions(), window.taps(), window.stride(), window.dilation(),
                        window.offset(), window.divisor(), false, 0), result);
            }
            return convolution.contract(result);
        })).orElse(new Datum.Unknown());
    }

    /// Empty after a report.
    private static Optional<Convolution> of(Site site, boolean transposed) {
        Optional<Variable> x = site.real("x");
        Optional<Variable> weight = site.real("weight");
        int groups = Sliding.numbers(site, "groups", 1, 1, 1).map(List::getFirst).orElse(0);
        if (x.isEmpty() || weight.isEmpty() || groups == 0) {
            return Optional.empty();
        }
        Shape input = x.get().type().shape();
        Shape kernel = weight.get().type().shape();
        boolean fits = input.rank() >= 2 && kernel.rank() == input.rank() + 1;
        int channels = fits ? input.dim(0).size() : 0;
        int first = fits ? kernel.dim(0).size() : 0;
        int second = fits ? kernel.dim(1).size() : 0;
        if (!fits || first % groups != 0 || channels != (transposed ? first : second * groups)) {
            site.report(new ShapeProblem.Mismatch(site.span(), site.name(), "needs an input [c, d...] and weights "
                    + (transposed ? "[c, out / groups, k...]" : "[out, c / groups, k...]")
                    + (groups == 1 ? "" : " with " + groups + " groups"),
                    x.get(), weight.get()));
            return Optional.empty();
        }
        return Optional.of(new Convolution(site, x.get(), weight.get(), transposed, groups, channels / groups,
                transposed ? second : first / groups));
    }

    private List<Integer> taps() {
        Shape kernel = weight.type().shape();
        return kernel.dims().subList(2, kernel.rank()).stream().map(Dim::size).toList();
    }

    /// The input with its channels in groups.
    private Variable grouped() {
        Shape shape = x.type().shape();
        List<Dim> dims = new ArrayList<>(dims(labels(INNER)));
        dims.addAll(shape.dims().subList(1, shape.rank()));
        return reshaped(x, dims);
    }

    private List<Dim> dims(List<Integer> labels) {
        return labels.stream().map(label -> Dim.of(label == GROUP ? groups : label == INNER ? inner : outer)).toList();
    }

    private Variable reshaped(Variable variable, List<Dim> dims) {
        Shape shape = new Shape(dims);
        return variable.type().shape().equals(shape) ? variable : site.emit(new Reshape(shape), variable);
    }

    /// The windows of a transposed convolution: position n of the output sees the element p of the input through tap t where
    /// n = p * stride + t * dilation - before. Empty after a report.
    private Optional<List<Window>> spread() {
        List<Integer> taps = taps();
        int count = taps.size();
        Optional<List<Integer>> strides = Sliding.numbers(site, "stride", count, 1, 1);
        Optional<List<Integer>> dilations = Sliding.numbers(site, "dilation", count, 1, 1);
        Optional<List<Integer>> more = Sliding.numbers(site, "output_padding", count, 0, 0);
        boolean same = Sliding.isSame(site);
        Optional<List<Margin>> margins = same ? Optional.of(List.of()) : Sliding.margins(site, "padding", count, ", or \"same\"");
        if (strides.isEmpty() || dilations.isEmpty() || more.isEmpty() || margins.isEmpty()) {
            return Optional.empty();
        }
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int size = x.type().shape().dim(1 + i).size();
            int stride = strides.get().get(i);
            int dilation = dilations.get().get(i);
            int span = (taps.get(i) - 1) * dilation + 1;
            Margin margin = same ? Margin.halves(span - stride) : margins.get().get(i);
            int whole = (size - 1) * stride + span + more.get().get(i);
            int positions = same ? size * stride : whole - margin.before() - margin.after();
            if (positions < 1) {
                site.report(new ShapeProblem.Cannot(site.span("padding"), "take so much padding away",
                        "without it the output has " + whole + " elements", x));
                return Optional.empty();
            }
            windows.add(new Window(0, Dim.of(positions), taps.get(i), 1, -dilation, margin.before(), stride, false, 0));
        }
        return Optional.of(windows);
    }

    /// Windows `[group?, inner?, o1, k1, ..., on, kn]` with the weights.
    private Datum contract(Variable windows) {
        List<Integer> left = labels(INNER);
        List<Integer> right = transposed ? labels(INNER, OUTER) : labels(OUTER, INNER);
        List<Integer> result = labels(OUTER);
        List<Dim> weights = new ArrayList<>(dims(right));
        List<Dim> dims = new ArrayList<>(List.of(Dim.of(groups * outer)));
        for (int i = 0; i < taps().size(); i++) {
            int position = FIRST + 2 * i;
            left.addAll(List.of(position, position + 1));
            right.add(position + 1);
            result.add(position);
            weights.add(Dim.of(taps().get(i)));
            dims.add(windows.type().shape().dim(left.indexOf(position)));
        }
        Variable y = site.emit(new Contraction(left, right, result), windows, reshaped(weight, weights));
        return new Datum.Tensor(reshaped(y, dims));
    }

    /// The label of groups, and of channels unless there is one in each group.
    private List<Integer> labels(int... channels) {
        List<Integer> labels = new ArrayList<>();
        if (groups > 1) {
            labels.add(GROUP);
        }
        for (int label : channels) {
            if (groups == 1 || (label == INNER ? inner : outer) > 1) {
                labels.add(label);
            }
        }
        return labels;
    }
}
