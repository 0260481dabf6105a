package nnet.compiler.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import nnet.compiler.model.Enumeration;
import nnet.compiler.model.Variable;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Declaration;
import nnet.compiler.syntax.Declaration.Definition;
import nnet.compiler.syntax.Declaration.Parameter;
import nnet.compiler.syntax.Expression;
import nnet.compiler.syntax.TypeExpression;
import nnet.compiler.syntax.TypeExpression.Extent;
import nnet.compiler.syntax.TypeExpression.Tensor;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;

/// Written types: matches values against them, binding the names in their shapes.
final class Types {

    /// The name under which a scope keeps what `...` stands for.
    static final String REST = "...";
    static final Set<String> KEYWORDS = Set.of("int", "real", "bool", "string", "fn", "layer", "initializer", "schedule", "list", "mask",
            "optimizer", "loss",
            "metric", "penalty", "clip");

    private final Evaluator evaluator;

    Types(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    /// The compile-time kind that a type names, or an empty text: `int`, `fn` and the like are types without arguments and shape.
    static String keyword(TypeExpression type) {
        return type instanceof Tensor tensor && tensor.arguments().isEmpty() && tensor.shape().isEmpty()
                ? tensor.element().map(name -> name.text()).filter(KEYWORDS::contains).orElse("")
                : "";
    }

    /// Whether a value might be meant for that compile-time parameter: a tensor cannot be a number, nor a list one.
    boolean couldBe(Parameter formal, Datum value) {
        return switch (formal.type().map(Types::keyword).orElse("")) {
            case "int", "real", "bool", "string" ->
                !(value instanceof Datum.Tensor || value instanceof Datum.Listing || value instanceof Datum.Group);
            case "mask" -> isMask(value);
            default -> !(value instanceof Datum.Tensor);
        };
    }

    /// The value as the parameter needs it; empty where it does not fit, which has then been reported.
    Optional<Datum> fit(Parameter formal, Datum value, Scope scope, Span span, String callee) {
        if (value instanceof Datum.Unknown) {
            return Optional.empty();
        }
        if (formal.type().isEmpty() || !(formal.type().get() instanceof Tensor type)) {
            return Optional.of(value);
        }
        String what = "`" + Matching.name(formal) + "` of `" + callee + "`";
        return switch (keyword(type)) {
            case "" -> pattern(formal, type, value, scope, span, callee);
            case "int" -> value instanceof Datum.Whole ? Optional.of(value) : wrong(span, what, "a whole number", value);
            case "real" -> isScalar(value) ? Optional.of(value) : wrong(span, what, "a number", value);
            case "bool" -> value instanceof Datum.Truth ? Optional.of(value) : wrong(span, what, "true or false", value);
            case "string" -> value instanceof Datum.Text ? Optional.of(value) : wrong(span, what, "a text", value);
            case "list" -> value instanceof Datum.Listing ? Optional.of(value) : wrong(span, what, "a list", value);
            case "initializer", "schedule" -> value instanceof Datum.Whole || value instanceof Datum.Real
                    ? Optional.of(new Datum.Always(value))
                    : callable(value, span, what, "a number or " + (keyword(type).equals("schedule") ? "a schedule" : "an initialiser"));
            case "mask" -> isMask(value)
                    ? Optional.of(value)
                    : wrong(span, what, "`true`, or truth values: true for each element that is there", value);
            case "layer" -> callable(value, span, what, "a layer or a function");
            default -> callable(value, span, what, "a function");
        };
    }

    /// Which elements of a sequence are there: all of them, or those that truth values say, which only the running network knows.
    private static boolean isMask(Datum value) {
        return value instanceof Datum.Truth(boolean all) && all
                || value instanceof Datum.Tensor(Variable variable) && variable.type().element() == ElementType.BOOL;
    }

    private static boolean isScalar(Datum value) {
        return value instanceof Datum.Whole || value instanceof Datum.Real
                || value instanceof Datum.Tensor(Variable variable) && variable.type().rank() == 0
                        && variable.type().element().isFloating();
    }

    private Optional<Datum> callable(Datum value, Span span, String what, String expected) {
        return value instanceof Datum.Callable ? Optional.of(value) : wrong(span, what, expected, value);
    }

    private Optional<Datum> wrong(Span span, String what, String expected, Datum value) {
        evaluator.report().add(new KindProblem.Expected(span, what, expected, Datum.describe(value), ""));
        return Optional.empty();
    }

    private Optional<Datum> pattern(Parameter formal, Tensor type, Datum value, Scope scope, Span span, String callee) {
        Optional<Variable> tensor = evaluator.tensor(value, "`" + Matching.name(formal) + "` of `" + callee + "`", span);
        if (tensor.isEmpty() || !evaluator.sizes().isKnown(type, scope.file())) {
            return Optional.empty();
        }
        Variable actual = tensor.get();
        if (!matches(type, actual, scope)) {
            evaluator.report().add(new ShapeProblem.Input(span, callee, written(type), note(type, scope), actual, type.span()));
            return Optional.empty();
        }
        return Optional.of(new Datum.Tensor(actual));
    }

    /// Checks a value against what its definition promises after `->`.
    Datum promised(Definition definition, Datum value, Scope scope) {
        List<Parameter> outputs = definition.outputs();
        if (outputs.isEmpty() || value instanceof Datum.Unknown) {
            return value;
        }
        List<Datum> values = value instanceof Datum.Group group ? group.elements() : List.of(value);
        String name = definition.name().text();
        if (values.size() != outputs.size()) {
            return evaluator.report()
                    .add(new KindProblem.Expected(definition.name().span(), "the value of `" + name + "`", outputs.size() + " tensors",
                            Datum.describe(value), ""));
        }
        List<Datum> fitting = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Tensor type = (Tensor) outputs.get(i).type().orElseThrow();
            Optional<Variable> actual = evaluator.tensor(values.get(i), "the value of `" + name + "`", definition.name().span());
            if (actual.isEmpty() || !evaluator.sizes().isKnown(type, scope.file())) {
                return new Datum.Unknown();
            }
            if (!matches(type, actual.get(), scope)) {
                return evaluator.report().add(new ShapeProblem.Output(actual.get().span(), name, written(type), note(type, scope),
                        actual.get().describe(), type.span()));
            }
            fitting.add(new Datum.Tensor(actual.get()));
        }
        return value instanceof Datum.Group group ? new Datum.Group(group.names(), fitting) : fitting.getFirst();
    }

    private boolean matches(Tensor type, Variable actual, Scope scope) {
        boolean elementFits = switch (type.element().map(name -> name.text()).orElse("")) {
            case "", "real" -> actual.type().element().isFloating();
            case "f32" -> actual.type().element() == ElementType.F32;
            case "f64" -> actual.type().element() == ElementType.F64;
            case "bool" -> actual.type().element() == ElementType.BOOL;
            case "category" -> actual.type().element() == ElementType.I32 && categoriesMatch(type, actual, scope);
            case String name when Records.isDeclared(name, scope.file()) -> isOf(name, actual, scope.file());
            default -> actual.type().element() == ElementType.I32;
        };
        return elementFits && shapeMatches(type.shape().orElse(List.of()), actual.type().shape(), scope);
    }

    private boolean categoriesMatch(Tensor type, Variable actual, Scope scope) {
        return type.arguments().isEmpty() || actual.categories().isEmpty()
                || sizeMatches(type.arguments().getFirst(), actual.categories().getAsInt(), scope);
    }

    /// Whether values are those of an enum; a record is only ever the type of an input of a network, where nothing is matched.
    private boolean isOf(String name, Variable actual, FileScope file) {
        return actual.type().element() == ElementType.I32 && evaluator.records().find(name, file)
                .filter(meaning -> meaning instanceof Enumeration names
                        && actual.categories().orElse(names.members().size()) == names.members().size())
                .isPresent();
    }

    private boolean shapeMatches(List<Extent> extents, Shape shape, Scope scope) {
        int rest = restPosition(extents);
        int named = rest < 0 ? extents.size() : extents.size() - 1;
        if (rest < 0 ? shape.rank() != named : shape.rank() < named) {
            return false;
        }
        int skipped = shape.rank() - named;
        boolean fits = true;
        for (int i = 0; i < extents.size(); i++) {
            int axis = rest >= 0 && i > rest ? i + skipped - 1 : i;
            fits &= switch (extents.get(i)) {
                case Extent.Size size -> sizeMatches(size.value(), shape.dim(axis).size(), scope);
                case Extent.Rest _ -> restMatches(
                        shape.dims().subList(axis, axis + skipped).stream().map(dim -> (Datum) new Datum.Whole(dim.size())).toList(),
                        scope);
            };
        }
        return fits;
    }

    private static int restPosition(List<Extent> extents) {
        for (int i = 0; i < extents.size(); i++) {
            if (extents.get(i) instanceof Extent.Rest) {
                return i;
            }
        }
        return -1;
    }

    /// The first `...` of a definition stands for what it meets; in the outputs it must be the same.
    private static boolean restMatches(List<Datum> dims, Scope scope) {
        Optional<Datum> known = scope.find(REST);
        if (known.isEmpty()) {
            scope.define(REST, new Datum.Listing(dims));
        }
        return true;
    }

    /// A name that is not known yet is bound; everything else must have that value.
    private boolean sizeMatches(Expression extent, int size, Scope scope) {
        if (extent instanceof Expression.Reference reference && scope.find(reference.name().text()).isEmpty()
                && scope.file().find(reference.name().text()).stream()
                        .noneMatch(found -> found.declaration() instanceof Declaration.Constant)) {
            scope.define(reference.name().text(), new Datum.Whole(size));
            return true;
        }
        return evaluator.evaluate(extent, scope) instanceof Datum.Whole(long value) && value == size;
    }

    /// The type as written, with the numbers that its names stand for after it.
    private static String written(Tensor type) {
        return type.span().text().replaceAll("\\s+", " ");
    }

    private String note(Tensor type, Scope scope) {
        List<Expression> sizes = new ArrayList<>(type.arguments());
        type.shape().orElse(List.of()).forEach(extent -> {
            if (extent instanceof Extent.Size size) {
                sizes.add(size.value());
            }
        });
        return sizes.stream().filter(size -> !(size instanceof Expression.IntegerLiteral))
                .flatMap(size -> known(size, scope).stream().map(value -> "`" + size.span().text() + "` is " + value)).distinct()
                .collect(Collectors.joining(", "));
    }

    private Optional<String> known(Expression size, Scope scope) {
        boolean unbound = size instanceof Expression.Reference reference && scope.find(reference.name().text()).isEmpty();
        return !unbound && evaluator.evaluate(size, scope) instanceof Datum.Whole(long value)
                ? Optional.of(Long.toString(value))
                : Optional.empty();
    }
}
