package nnet.compiler.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nnet.compiler.model.Enumeration;
import nnet.compiler.model.Meaning;
import nnet.compiler.model.Port;
import nnet.compiler.model.Row;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Declaration.Name;
import nnet.compiler.syntax.TypeExpression;
import nnet.compiler.syntax.TypeExpression.Extent;
import nnet.compiler.syntax.TypeExpression.Tensor;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// Types and shapes that must be known: those that a `param` or a network declares, and lists of sizes.
final class Sizes {

    /// A type with its categories, if it has any, and what they mean, if that has a name.
    record Typed(TensorType type, OptionalInt categories, Optional<Meaning> meaning) {

        Typed(TensorType type, OptionalInt categories) {
            this(type, categories, Optional.empty());
        }

        String describe() {
            return Port.describe(type, categories);
        }
    }

    private static final Set<String> ELEMENTS = Set.of("f32", "f64", "i32", "bool", "category");
    private static final long MOST_ELEMENTS = 1L << 30;

    private final Evaluator evaluator;

    Sizes(Evaluator evaluator) {
        this.evaluator = evaluator;
    }

    /// Whether the element of a type is one; if not, that has been reported.
    boolean isKnown(Tensor type, FileScope file) {
        Optional<String> unknown = type.element().map(Name::text)
                .filter(name -> !ELEMENTS.contains(name) && !Types.KEYWORDS.contains(name) && !Records.isDeclared(name, file));
        unknown.ifPresent(name -> evaluator.report()
                .add(new NameProblem.Unknown(type.element().get().span(), "", "type", name, allTypes(file))));
        return unknown.isEmpty();
    }

    private static Set<String> allTypes(FileScope file) {
        Stream<String> declared = file.own().keySet().stream().filter(name -> Records.isDeclared(name, file));
        return Stream.of(Types.KEYWORDS.stream(), ELEMENTS.stream(), declared).flatMap(names -> names)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// The type that a declaration says, all of whose sizes must be known.
    Optional<Typed> declared(TypeExpression written, Scope scope) {
        Tensor type = (Tensor) written;
        if (!isKnown(type, scope.file())) {
            return Optional.empty();
        }
        String element = type.element().map(name -> name.text()).orElse("f32");
        Optional<Shape> shape = type.shape().isEmpty() ? Optional.of(Shape.SCALAR) : shape(type.shape().get(), scope);
        return switch (element) {
            case "f32", "real" -> shape.map(dims -> new Typed(new TensorType(ElementType.F32, dims), OptionalInt.empty()));
            case "i32", "int" -> shape.map(dims -> new Typed(new TensorType(ElementType.I32, dims), OptionalInt.empty()));
            case "bool" -> shape.map(dims -> new Typed(new TensorType(ElementType.BOOL, dims), OptionalInt.empty()));
            case "category" -> shape
                    .flatMap(dims -> categories(type, scope).map(k -> new Typed(new TensorType(ElementType.I32, dims), OptionalInt.of(k))));
            default -> Records.isDeclared(element, scope.file())
                    ? evaluator.records().find(element, scope.file()).flatMap(meaning -> shape.flatMap(dims -> named(meaning, dims, type)))
                    : noTensor(element, type.span());
        };
    }

    /// `f64`, and the types of what is known at compile time.
    private Optional<Typed> noTensor(String element, Span span) {
        evaluator.report().add(element.equals("f64")
                ? new RuleProblem.NotYet(span, "a tensor of double precision", "networks compute with f32")
                : new KindProblem.Expected(span, "the type", "that of a tensor, such as [2] or category(10)", "`" + element + "`", ""));
        return Optional.empty();
    }

    /// Categories with names are categories; a record is a row of numbers.
    private Optional<Typed> named(Meaning meaning, Shape shape, Tensor type) {
        return switch (meaning) {
            case Enumeration enumeration -> Optional.of(new Typed(new TensorType(ElementType.I32, shape),
                    OptionalInt.of(enumeration.members().size()), Optional.of(meaning)));
            case Row row when shape.rank() == 0 -> Optional.of(
                    new Typed(TensorType.f32().withShape(Shape.of(row.fields().size())), OptionalInt.empty(), Optional.of(meaning)));
            case Row row -> {
                evaluator.report().add(new RuleProblem.NotYet(type.span(), "a tensor of the record `" + row.name() + "`"));
                yield Optional.empty();
            }
        };
    }

    /// The number of categories of `category(k)`.
    Optional<Integer> categories(Tensor type, Scope scope) {
        if (type.arguments().size() != 1) {
            evaluator.report().add(new KindProblem.Expected(type.span(), "a category type", "`category(k)` with the number of categories",
                    "without one", ""));
            return Optional.empty();
        }
        return size(evaluator.evaluate(type.arguments().getFirst(), scope), type.arguments().getFirst().span());
    }

    private Optional<Shape> shape(List<Extent> extents, Scope scope) {
        List<Datum> sizes = new ArrayList<>();
        for (Extent extent : extents) {
            switch (extent) {
                case Extent.Size size -> sizes.add(evaluator.evaluate(size.value(), scope));
                case Extent.Rest rest -> {
                    Datum known = scope.find(Types.REST).orElseGet(() -> evaluator.report()
                            .add(new RuleProblem.Misplaced(rest.span(), "`...`", "where a shape must be known", "")));
                    sizes.addAll(known instanceof Datum.Listing listing ? listing.elements() : List.of(known));
                }
            }
        }
        Span span = extents.isEmpty() ? Span.NONE : extents.getFirst().span().to(extents.getLast().span());
        return shape(new Datum.Listing(sizes), span);
    }

    /// A list of numbers as a shape; empty where it is none, which has then been reported.
    Optional<Shape> shape(Datum datum, Span span) {
        if (datum instanceof Datum.Unknown) {
            return Optional.empty();
        }
        if (!(datum instanceof Datum.Listing(List<Datum> elements))) {
            evaluator.report().add(new KindProblem.Expected(span, "a shape", "a list of sizes, such as [2, 3]", Datum.describe(datum), ""));
            return Optional.empty();
        }
        List<Integer> sizes = elements.stream().flatMap(element -> size(element, span).stream()).toList();
        if (sizes.size() < elements.size()) {
            return Optional.empty();
        }
        Shape shape = Shape.of(sizes.stream().mapToInt(Integer::intValue).toArray());
        double count = sizes.stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b);
        if (count > MOST_ELEMENTS) {
            evaluator.report().add(new LimitProblem.Huge(span, shape.toString()));
            return Optional.empty();
        }
        return Optional.of(shape);
    }

    /// A whole number of at least 1 that an array can hold.
    Optional<Integer> size(Datum datum, Span span) {
        return switch (datum) {
            case Datum.Unknown _ -> Optional.empty();
            case Datum.Whole(long value) when value >= 1 && value <= MOST_ELEMENTS -> Optional.of((int) value);
            case Datum.Whole(long value) when value > MOST_ELEMENTS -> {
                evaluator.report().add(new LimitProblem.Huge(span, Long.toString(value)));
                yield Optional.empty();
            }
            case Datum.Tensor _ -> {
                evaluator.report().add(new KindProblem.RunTime(span, "a size"));
                yield Optional.empty();
            }
            default -> {
                evaluator.report().add(new LimitProblem.Size(span, Datum.describe(datum),
                        datum instanceof Datum.Real ? "`floor` makes a whole number" : ""));
                yield Optional.empty();
            }
        };
    }
}
