package nnet.compiler.check;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.model.Body;
import nnet.compiler.model.Parameter;
import nnet.compiler.model.Variable;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Declaration.Kind;
import nnet.compiler.syntax.Declaration.Name;
import nnet.compiler.syntax.Expression;
import nnet.compiler.tensor.Graph.Role;

/// All parameters and states of a network, whichever of its bodies declares them, and the body that gives them their first values.
final class Registry {

    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Map<String, Parameter> states = new LinkedHashMap<>();
    private final Evaluator initial;

    Registry(Session session) {
        initial = new Evaluator(session, Evaluator.Purpose.INITIAL, session.emission(), new Keeper.Nothing("in an initialiser"),
                new Place(""));
        initial.emission().key();
    }

    Collection<Parameter> parameters() {
        return parameters.values();
    }

    Collection<Parameter> states() {
        return states.values();
    }

    Body initialize() {
        return initial.emission().build();
    }

    /// Declares a parameter or state, once; false if it is known with another type.
    boolean declare(Role role, String path, Sizes.Typed typed, Optional<String> doc, Name name, Expression initializer, Scope scope) {
        Map<String, Parameter> known = role == Role.PARAMETER ? parameters : states;
        Parameter earlier = known.get(path);
        if (earlier != null) {
            if (!earlier.type().equals(typed.type())) {
                initial.report().add(
                        new ShapeProblem.Parameter(name.span(), path, earlier.type().toString(), typed.type().toString(), earlier.span()));
            }
            return earlier.type().equals(typed.type());
        }
        Place place = new Place(path);
        Datum value = initial.at(place, () -> initial.evaluate(initializer, scope, Want.of(Kind.INITIALIZER)));
        known.put(path, new Parameter(path, doc, typed.type(), role == Role.PARAMETER, written(value, initializer), name.span()));
        initial.at(place, () -> first(typed, value, initializer.span())).ifPresent(first -> initial.emission().output(path, role, first));
        return true;
    }

    /// The initialiser as a person would write it, also where it was given to the layer as an argument.
    private static String written(Datum value, Expression initializer) {
        return switch (value) {
            case Datum.Defined defined -> defined.name() + defined.bound().map(bound -> "(" + bound.text() + ")").orElse("");
            case Datum.Always(Datum always) when Arithmetic.isNumber(always) -> Datum.number(Arithmetic.real(always));
            default -> initializer.span().text().replaceAll("\\s+", " ");
        };
    }

    /// The first value: an initialiser applied to the shape, a number for every element, or a tensor of that shape.
    private Optional<Variable> first(Sizes.Typed typed, Datum initializer, Span span) {
        Datum value = initializer;
        if (value instanceof Datum.Callable callable) {
            List<Datum> shape = typed.type().shape().dims().stream().map(dim -> (Datum) new Datum.Whole(dim.size())).toList();
            value = initial.calls().apply(callable, List.of(new Datum.Listing(shape)), span);
        }
        if (Arithmetic.isNumber(value)) {
            return Optional.of(initial.operators().operand(value, typed.type().element(), typed.type().shape(), span));
        }
        Optional<Variable> tensor = initial.tensor(value, "an initial value", span);
        if (tensor.isPresent() && !tensor.get().type().equals(typed.type())) {
            initial.report().add(new ShapeProblem.Needed(span, "the initial value", typed.describe(), tensor.get()));
            return Optional.empty();
        }
        return tensor;
    }
}
