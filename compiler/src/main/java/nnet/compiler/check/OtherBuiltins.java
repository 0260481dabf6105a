package nnet.compiler.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import nnet.compiler.model.Variable;
import nnet.compiler.source.Span;
import nnet.compiler.tensor.Compare;
import nnet.compiler.tensor.Compare.Relation;
import nnet.compiler.tensor.Constant;
import nnet.compiler.tensor.Gather;
import nnet.compiler.tensor.Iota;
import nnet.compiler.tensor.Orthonormalize;
import nnet.compiler.tensor.RandomUniform;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.StopGradient;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// Functions that make tensors, and the few that are of no kind.
final class OtherBuiltins {

    private OtherBuiltins() {
    }

    static List<Builtin> all() {
        return List.of(
                Builtin.of("full", "shape value", OtherBuiltins::full),
                Builtin.of("iota", "size", OtherBuiltins::iota),
                Builtin.of("random_uniform", "shape", OtherBuiltins::randomUniform),
                Builtin.of("one_hot", "x categories?", OtherBuiltins::oneHot),
                Builtin.of("gather", "table index", OtherBuiltins::gather),
                Builtin.of("cast", "x to?", OtherBuiltins::cast),
                Builtin.of("stop_gradient", "x", site -> map(site.tensor("x"), x -> site.emit(new StopGradient(), x))),
                Builtin.of("orthonormalize", "x", OtherBuiltins::orthonormalize));
    }

    private static Datum map(Optional<Variable> x, UnaryOperator<Variable> op) {
        return x.map(variable -> (Datum) new Datum.Tensor(op.apply(variable))).orElse(new Datum.Unknown());
    }

    private static Datum full(Site site) {
        Optional<Shape> shape = site.shape("shape");
        if (shape.isEmpty()) {
            return new Datum.Unknown();
        }
        if (Arithmetic.isNumber(site.value("value"))) {
            TensorType type = new TensorType(ElementType.F32, shape.get());
            return new Datum.Tensor(site.emit(new Constant(type, Arithmetic.real(site.value("value")))));
        }
        Optional<Variable> value = site.real("value");
        if (value.isPresent() && value.get().type().rank() > 0) {
            return site.expected("value", "a number or a scalar tensor");
        }
        return map(value, scalar -> site.evaluator().emission().broadcast(site.span(), scalar, shape.get()));
    }

    /// 0, 1, ... size - 1
    private static Datum iota(Site site) {
        return site.evaluator().sizes().size(site.value("size"), site.span("size"))
                .map(size -> (Datum) new Datum.Tensor(site.emit(new Iota(new TensorType(ElementType.I32, Shape.of(size)), 0))))
                .orElse(new Datum.Unknown());
    }

    private static Datum randomUniform(Site site) {
        Optional<Shape> shape = site.shape("shape");
        if (!site.evaluator().purpose().hasRandomNumbers()) {
            String hint = "a prediction depends on its input alone; guard the use with `if training { ... }`";
            return site.report(new RuleProblem.Misplaced(site.span(), "`random_uniform`", "outside of training and initialisers", hint));
        }
        return shape.map(known -> (Datum) new Datum.Tensor(
                site.emit(new RandomUniform(known, site.evaluator().place().site()), site.evaluator().emission().key())))
                .orElse(new Datum.Unknown());
    }

    /// `[..., k]`, 1 where the category is and 0 elsewhere.
    private static Datum oneHot(Site site) {
        Optional<Variable> x = site.tensor("x");
        if (x.isEmpty()) {
            return new Datum.Unknown();
        }
        if (x.get().type().element() != ElementType.I32) {
            return site.expected("x", "a tensor of categories");
        }
        OptionalInt known = site.has("categories")
                ? site.evaluator().sizes().size(site.value("categories"), site.span("categories")).map(OptionalInt::of)
                        .orElse(OptionalInt.empty())
                : x.get().categories();
        if (known.isEmpty()) {
            return site.has("categories")
                    ? new Datum.Unknown()
                    : site.report(new KindProblem.Missing(site.span(), "one_hot", "categories", Span.NONE));
        }
        Shape from = x.get().type().shape();
        List<Dim> dims = new ArrayList<>(from.dims());
        dims.add(Dim.ONE);
        Variable column = site.emit(new Reshape(new Shape(dims)), x.get());
        dims.set(from.rank(), Dim.of(known.getAsInt()));
        Shape shape = new Shape(dims);
        Variable numbers = site.emit(new Iota(new TensorType(ElementType.I32, shape), from.rank()));
        Variable isEqual = site.emit(new Compare(Relation.EQUAL), site.evaluator().emission().broadcast(site.span(), column, shape),
                numbers);
        return new Datum.Tensor(site.evaluator().emission().convert(site.span(), isEqual, ElementType.F32));
    }

    /// The elements along the first axis of a table that an index of any shape names: `[k, n]` by `category(k)[t]` is `[t, n]`.
    private static Datum gather(Site site) {
        Optional<Variable> table = site.tensor("table");
        Optional<Variable> index = site.tensor("index");
        if (table.isEmpty() || index.isEmpty()) {
            return new Datum.Unknown();
        }
        if (table.get().type().rank() == 0) {
            return site.expected("table", "a tensor with at least one axis");
        }
        if (index.get().type().element() != ElementType.I32) {
            return site.expected("index", "a tensor of whole numbers or categories");
        }
        OptionalInt categories = index.get().categories();
        if (categories.isPresent() && categories.getAsInt() != table.get().type().shape().dim(0).size()) {
            return site.report(new ShapeProblem.Mismatch(site.span(), "gather",
                    "needs as many categories as there are elements to choose from", table.get(), index.get()));
        }
        return new Datum.Tensor(site.emit(new Gather(0), table.get(), index.get()));
    }

    /// To `f32`, or to the element type that is named by a text.
    private static Datum cast(Site site) {
        String to = !site.has("to") ? "f32" : site.value("to") instanceof Datum.Text(String name) ? name : "";
        Optional<ElementType> element = switch (to) {
            case "f32" -> Optional.of(ElementType.F32);
            case "i32" -> Optional.of(ElementType.I32);
            case "bool" -> Optional.of(ElementType.BOOL);
            default -> Optional.empty();
        };
        if (element.isEmpty()) {
            return site.expected("to", "\"f32\", \"i32\" or \"bool\"");
        }
        return map(site.tensor("x"), x -> site.evaluator().emission().convert(site.span(), x, element.get()));
    }

    private static Datum orthonormalize(Site site) {
        Optional<Variable> x = site.real("x");
        if (x.isPresent() && x.get().type().rank() != 2) {
            return site.report(new ShapeProblem.Needed(site.span("x"), "`x` of `orthonormalize`", "a matrix", x.get()));
        }
        return map(x, matrix -> site.emit(new Orthonormalize(), matrix));
    }
}
