package nnet.compiler.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import nnet.compiler.model.Variable;
import nnet.compiler.tensor.ArgMax;
import nnet.compiler.tensor.BatchSum;
import nnet.compiler.tensor.Divide;
import nnet.compiler.tensor.Max;
import nnet.compiler.tensor.Maximum;
import nnet.compiler.tensor.Minimum;
import nnet.compiler.tensor.Negate;
import nnet.compiler.tensor.Op;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.Size;
import nnet.compiler.tensor.Sum;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;

/// Functions over many elements: over the whole example, or over the axes that are given (with `keep: true` these stay, with size 1), or over all examples.
final class ReductionBuiltins {

    private ReductionBuiltins() {
    }

    static List<Builtin> all() {
        return List.of(
                Builtin.of("sum", "x axis? keep?", site -> reduce(site, ReductionBuiltins::sum)),
                Builtin.of("mean", "x axis? keep?", site -> reduce(site, ReductionBuiltins::mean)),
                Builtin.of("max", "x y? axis? keep?",
                        site -> site.has("y")
                                ? extreme(site, new Maximum(), true)
                                : reduce(site, (at, x, axes) -> at.emit(new Max(axes), x))),
                Builtin.of("min", "x y? axis? keep?",
                        site -> site.has("y") ? extreme(site, new Minimum(), false) : reduce(site, ReductionBuiltins::min)),
                Builtin.of("argmax", "x axis?", ReductionBuiltins::argmax),
                Builtin.of("batch_sum", "x",
                        site -> site.real("x").map(x -> (Datum) new Datum.Tensor(site.emit(new BatchSum(), x)))
                                .orElse(new Datum.Unknown())),
                Builtin.of("batch_size", "", site -> new Datum.Tensor(site.emit(new Size(Dim.symbol("batch"))))));
    }

    private interface Reduction {
        Variable apply(Site site, Variable x, List<Integer> axes);
    }

    private static Datum reduce(Site site, Reduction reduction) {
        Optional<Variable> x = site.real("x");
        Optional<List<Integer>> axes = x.flatMap(variable -> site.axes("axis", variable));
        if (axes.isEmpty()) {
            return new Datum.Unknown();
        }
        Variable reduced = axes.get().isEmpty() ? x.get() : reduction.apply(site, x.get(), axes.get());
        return new Datum.Tensor(site.truth("keep") ? keep(site, reduced, x.get().type().shape(), axes.get()) : reduced);
    }

    private static Variable keep(Site site, Variable reduced, Shape shape, List<Integer> axes) {
        List<Dim> dims = new ArrayList<>(shape.dims());
        axes.forEach(axis -> dims.set(axis, Dim.ONE));
        return axes.isEmpty() ? reduced : site.emit(new Reshape(new Shape(dims)), reduced);
    }

    private static Variable sum(Site site, Variable x, List<Integer> axes) {
        return site.emit(new Sum(axes), x);
    }

    private static Variable mean(Site site, Variable x, List<Integer> axes) {
        Variable sum = sum(site, x, axes);
        Dim count = axes.stream().map(x.type().shape()::dim).reduce(Dim.ONE, Dim::times);
        return site.emit(new Divide(), sum, site.evaluator().emission().constant(site.span(), sum.type(), count.size()));
    }

    /// min x = -max(-x)
    private static Variable min(Site site, Variable x, List<Integer> axes) {
        return site.emit(new Negate(), site.emit(new Max(axes), site.emit(new Negate(), x)));
    }

    private static Datum extreme(Site site, Op op, boolean larger) {
        Datum a = site.value("x");
        Datum b = site.value("y");
        if (a instanceof Datum.Whole(long x) && b instanceof Datum.Whole(long y)) {
            return new Datum.Whole(larger ? Math.max(x, y) : Math.min(x, y));
        }
        if (Arithmetic.isNumber(a) && Arithmetic.isNumber(b)) {
            double x = Arithmetic.real(a);
            double y = Arithmetic.real(b);
            return new Datum.Real(larger ? Math.max(x, y) : Math.min(x, y));
        }
        return site.evaluator().operators().elementwise(site.name(), op, a, b, site.span());
    }

    private static Datum argmax(Site site) {
        Optional<Variable> x = site.real("x");
        if (x.isEmpty()) {
            return new Datum.Unknown();
        }
        Variable over = x.get();
        OptionalInt axis = OptionalInt.of(0);
        if (site.has("axis")) {
            axis = site.axis("axis", over);
        } else if (over.type().rank() != 1) {
            over = site.emit(new Reshape(Shape.of(over.type().shape().size())), over);
        }
        if (axis.isEmpty()) {
            return new Datum.Unknown();
        }
        Variable index = site.emit(new ArgMax(axis.getAsInt()), over);
        OptionalInt categories = OptionalInt.of(over.type().shape().dim(axis.getAsInt()).size());
        return new Datum.Tensor(site.evaluator().emission().seenAs(index, categories, index.span()));
    }
}
