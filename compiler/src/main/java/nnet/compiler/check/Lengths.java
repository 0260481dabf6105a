package nnet.compiler.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import nnet.compiler.model.Length;
import nnet.compiler.model.Port;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Declaration;
import nnet.compiler.syntax.Declaration.Network;
import nnet.compiler.syntax.Declaration.Parameter;
import nnet.compiler.syntax.Expression;
import nnet.compiler.syntax.Expression.BinaryOperator;
import nnet.compiler.syntax.TypeExpression;
import nnet.compiler.syntax.TypeExpression.Extent;
import nnet.compiler.syntax.TypeExpression.Tensor;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.TensorType;

/// The lengths of sequences that are known only at run time: `time` in `words: category(5000)[time <= 200]`. Each is declared by the first dimension of an input; other
/// inputs and outputs may begin with the same name.
final class Lengths {

    private record Declared(Declaration.Name name, Expression bound, Span span) {
    }

    private final Network network;
    private final FileScope file;
    private final Evaluator evaluator;
    private final List<Length> all = new ArrayList<>();

    /// @param form the sizes to take in place of the bounds; empty: the bounds themselves
    Lengths(Network network, FileScope file, Evaluator evaluator, List<Integer> form) {
        this.network = network;
        this.file = file;
        this.evaluator = evaluator;
        for (Declared one : declared()) {
            evaluator.sizes().size(evaluator.evaluate(one.bound(), Scope.of(file)), one.bound().span())
                    .ifPresent(bound -> all.add(new Length(one.name().text(), form.isEmpty() ? bound : form.get(all.size()),
                            sequences(one.name().text()), one.span())));
        }
    }

    List<Length> all() {
        return all;
    }

    /// The inputs that say how many elements an example has, in the order of the lengths.
    List<Port> ports() {
        return all.stream()
                .map(one -> new Port(one.name(), Optional.empty(), TensorType.scalar(ElementType.I32), OptionalInt.empty(), one.span()))
                .toList();
    }

    /// Names that types of inputs and outputs may use.
    Scope scope() {
        Scope scope = Scope.of(file);
        all.forEach(one -> scope.define(one.name(), new Datum.Whole(one.bound())));
        return scope;
    }

    /// In the order of the inputs. A name has one bound.
    private Collection<Declared> declared() {
        Map<String, Declared> declared = new LinkedHashMap<>();
        network.inputs().stream().flatMap(input -> extents(input).stream().limit(1)).flatMap(extent -> bounded(extent).stream())
                .forEach(one -> {
                    Declared first = declared.putIfAbsent(one.name().text(), one);
                    if (first != null) {
                        evaluator.report().add(new NameProblem.Twice(one.span(), first.span(), "bound of", one.name().text()));
                    }
                });
        return declared.values();
    }

    private List<String> sequences(String name) {
        return network.inputs().stream()
                .filter(input -> extents(input).stream().findFirst().filter(extent -> isNamed(extent, name)).isPresent())
                .map(Matching::name).toList();
    }

    private static boolean isNamed(Extent extent, String name) {
        return reference(extent).or(() -> bounded(extent).map(Declared::name)).filter(found -> found.text().equals(name)).isPresent();
    }

    private static List<Extent> extents(Parameter input) {
        return input.type().filter(Tensor.class::isInstance).flatMap(type -> ((Tensor) type).shape()).orElse(List.of());
    }

    /// `time <= 200`.
    private static Optional<Declared> bounded(Extent extent) {
        return extent instanceof Extent.Size(Span span, Expression.Binary(Span _, BinaryOperator operator, Expression.Reference name, Expression bound))
                && operator == BinaryOperator.LESS_EQUAL ? Optional.of(new Declared(name.name(), bound, span)) : Optional.empty();
    }

    private static Optional<Declaration.Name> reference(Extent extent) {
        return extent instanceof Extent.Size size && size.value() instanceof Expression.Reference reference
                ? Optional.of(reference.name())
                : Optional.empty();
    }

    /// The type of an input with `time` in place of `time <= 200`; empty where a size is not known, which has then been reported.
    Optional<TypeExpression> plain(TypeExpression written) {
        if (!(written instanceof Tensor type) || type.shape().isEmpty()) {
            return Optional.of(written);
        }
        List<Extent> extents = new ArrayList<>();
        for (Extent extent : type.shape().get()) {
            Optional<Declared> bounded = bounded(extent);
            boolean isFirst = extents.isEmpty();
            Extent plain = bounded.<Extent>map(found -> new Extent.Size(found.span(), new Expression.Reference(found.span(), found.name())))
                    .orElse(extent);
            if (isFree(plain) || !isFirst && all.stream().anyMatch(one -> isNamed(plain, one.name()))) {
                report(extent, isFirst, bounded.isPresent());
                return Optional.empty();
            }
            extents.add(plain);
        }
        return Optional.of(new Tensor(type.span(), type.element(), type.arguments(), Optional.of(extents)));
    }

    /// Whether it is a name that stands for nothing.
    private boolean isFree(Extent extent) {
        return reference(extent).map(Declaration.Name::text).filter(name -> scope().find(name).isEmpty()
                && file.find(name).stream().noneMatch(found -> found.declaration() instanceof Declaration.Constant)).isPresent();
    }

    private void report(Extent extent, boolean isFirst, boolean isBounded) {
        if (isFirst && !isBounded) {
            evaluator.report()
                    .add(new KindProblem.Expected(extent.span(), "a length that is known only at run time", "given a bound", "without one",
                            "the longest sequence that may come: [" + extent.span().text() + " <= 200]"));
        } else if (!isFirst) {
            evaluator.report().add(new RuleProblem.NotYet(extent.span(), "a size that is known only at run time behind another one",
                    "only the first dimension of an input may have one"));
        }
    }
}
