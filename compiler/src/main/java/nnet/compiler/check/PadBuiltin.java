package nnet.compiler.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.check.Sliding.Margin;
import nnet.compiler.model.Variable;
import nnet.compiler.tensor.Broadcast;
import nnet.compiler.tensor.Concatenate;
import nnet.compiler.tensor.Pad;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.Reverse;
import nnet.compiler.tensor.Slice;
import nnet.compiler.tensor.Window;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;

/// More elements before and after the last axes of a tensor.
record PadBuiltin(Site site, Mode mode, double value) {

    enum Mode {
        /// `value` everywhere
        CONSTANT,
        /// c b a b c b a: the border once
        REFLECT,
        /// a a a b c c c
        EDGE,
        /// b c a b c a b
        CIRCULAR
    }

    private static final Map<String, Mode> MODES = Map.of("constant", Mode.CONSTANT, "reflect", Mode.REFLECT, "edge", Mode.EDGE, "circular",
            Mode.CIRCULAR);

    static Datum pad(Site site) {
        Optional<Variable> x = site.tensor("x");
        if (x.isEmpty()) {
            return new Datum.Unknown();
        }
        Optional<Mode> mode = !site.has("mode")
                ? Optional.of(Mode.CONSTANT)
                : site.value("mode") instanceof Datum.Text(String name) ? Optional.ofNullable(MODES.get(name)) : Optional.empty();
        if (mode.isEmpty()) {
            return site.expected("mode", "\"constant\", \"reflect\", \"edge\" or \"circular\"");
        }
        if (site.has("value") && !Arithmetic.isNumber(site.value("value"))) {
            return site.expected("value", "a number");
        }
        int rank = x.get().type().rank();
        int count = site.value("amount") instanceof Datum.Listing(List<Datum> each) ? each.size() : Math.max(1, rank - 1);
        if (count > rank || count == 0) {
            return site.report(
                    new ShapeProblem.Needed(site.span("x"), "the input of `pad`", "of rank " + Math.max(1, count) + " or more", x.get()));
        }
        PadBuiltin pad = new PadBuiltin(site, mode.get(), site.has("value") ? Arithmetic.real(site.value("value")) : 0);
        return Sliding.margins(site, "amount", count, "").flatMap(margins -> pad.all(x.get(), margins))
                .map(padded -> (Datum) new Datum.Tensor(padded)).orElse(new Datum.Unknown());
    }

    /// Empty after a report.
    private Optional<Variable> all(Variable x, List<Margin> margins) {
        Variable result = x;
        for (int i = 0; i < margins.size(); i++) {
            int axis = x.type().rank() - margins.size() + i;
            Margin margin = margins.get(i);
            int size = x.type().shape().dim(axis).size();
            int most = mode == Mode.REFLECT ? size - 1 : mode == Mode.CIRCULAR ? size : Integer.MAX_VALUE;
            if (Math.max(margin.before(), margin.after()) > most) {
                site.report(new ShapeProblem.Cannot(site.span("amount"), "pad so far", "axis " + axis + " has " + size + " elements", x));
                return Optional.empty();
            }
            if (margin.before() > 0 || margin.after() > 0) {
                result = axis(result, axis, margin);
            }
        }
        return Optional.of(result);
    }

    private Variable axis(Variable x, int axis, Margin margin) {
        int size = x.type().shape().dim(axis).size();
        return switch (mode) {
            case CONSTANT -> constant(x, axis, margin, size);
            case REFLECT -> joined(axis, reversed(x, axis, 1, margin.before()), x, reversed(x, axis, size - 1 - margin.after(), margin.after()));
            case EDGE -> joined(axis, repeated(x, axis, 0, margin.before()), x, repeated(x, axis, size - 1, margin.after()));
            case CIRCULAR -> joined(axis, slice(x, axis, size - margin.before(), margin.before()), x, slice(x, axis, 0, margin.after()));
        };
    }

    private Variable constant(Variable x, int axis, Margin margin, int size) {
        if (value == 0) {
            return site.emit(new Pad(axis, margin.before(), margin.after(), 0), x);
        }
        int whole = margin.before() + size + margin.after();
        List<Dim> dims = new ArrayList<>(x.type().shape().dims());
        dims.set(axis, Dim.of(whole));
        Variable windows = site.emit(new Window(axis, Dim.of(whole), 1, 1, 1, -margin.before(), 1, false, value), x);
        return site.emit(new Reshape(new Shape(dims)), windows);
    }

    private Variable joined(int axis, Optional<Variable> before, Variable x, Optional<Variable> after) {
        List<Variable> parts = new ArrayList<>();
        before.ifPresent(parts::add);
        parts.add(x);
        after.ifPresent(parts::add);
        return site.emit(new Concatenate(axis), parts.toArray(Variable[]::new));
    }

    /// Empty where nothing is asked for.
    private Optional<Variable> slice(Variable x, int axis, int start, int size) {
        return size == 0 ? Optional.empty() : Optional.of(site.emit(new Slice(axis, start, Dim.of(size), 1), x));
    }

    private Optional<Variable> reversed(Variable x, int axis, int start, int size) {
        return slice(x, axis, start, size).map(part -> site.emit(new Reverse(axis), part));
    }

    private Optional<Variable> repeated(Variable x, int axis, int place, int times) {
        if (times == 0) {
            return Optional.empty();
        }
        List<Dim> dims = new ArrayList<>(x.type().shape().dims());
        dims.remove(axis);
        Variable one = site.emit(new Reshape(new Shape(dims)), slice(x, axis, place, 1).orElseThrow());
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i <= dims.size(); i++) {
            if (i != axis) {
                kept.add(i);
            }
        }
        dims.add(axis, Dim.of(times));
        return Optional.of(site.emit(new Broadcast(new Shape(dims), kept), one));
    }
}
