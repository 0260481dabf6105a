package nnet.compiler.check;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import nnet.compiler.model.Variable;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Declaration.Name;
import nnet.compiler.syntax.Expression;
import nnet.compiler.syntax.Statement;
import nnet.compiler.syntax.TypeExpression;
import nnet.compiler.tensor.Graph.Role;

/// What the layers of a network keep: parameters, which are inputs of its body, and states, which are inputs and, in training, outputs too.
final class NetworkKeeper implements Keeper {

    private final Registry registry;
    private final Map<String, Variable> parameters = new LinkedHashMap<>();
    private final Map<String, Variable> states = new LinkedHashMap<>();

    NetworkKeeper(Registry registry) {
        this.registry = registry;
    }

    /// The parameters of this body by path.
    Map<String, Variable> parameters() {
        return parameters;
    }

    /// Makes the last values of all states outputs.
    void outputStates(Emission emission) {
        states.forEach((path, variable) -> emission.output(path, Role.STATE, variable));
    }

    @Override
    public Datum parameter(Evaluator evaluator, Statement.Param statement, Scope scope) {
        String path = evaluator.place().path(statement.name().text());
        evaluator.place().parameters().add(path);
        return declare(evaluator, Role.PARAMETER, path, statement.type(), statement.doc(), statement.name(), statement.initializer(),
                scope);
    }

    @Override
    public Datum state(Evaluator evaluator, Statement.State statement, Scope scope) {
        if (statement.type().isEmpty()) {
            return evaluator.report()
                    .add(new KindProblem.Expected(statement.span(), "a state of a layer", "declared with a shape", "without one",
                            "for example: state " + statement.name() + ": [n] = zeros"));
        }
        String path = evaluator.place().path(statement.name().text());
        evaluator.place().states().add(path);
        return declare(evaluator, Role.STATE, path, statement.type().get(), statement.doc(), statement.name(), statement.initial(), scope);
    }

    private Datum declare(Evaluator evaluator, Role role, String path, TypeExpression type, Optional<String> doc, Name name,
            Expression initial, Scope scope) {
        if (evaluator.inBranch()) {
            return evaluator.report().add(
                    new RuleProblem.Misplaced(name.span(), "a declaration", "in an `if` that depends on the data", "declare it before"));
        }
        Optional<Sizes.Typed> typed = evaluator.sizes().declared(type, scope);
        if (typed.isEmpty() || !registry.declare(role, path, typed.get(), doc, name, initial, scope)) {
            return new Datum.Unknown();
        }
        Map<String, Variable> known = role == Role.PARAMETER ? parameters : states;
        Variable variable = known.computeIfAbsent(path,
                _ -> evaluator.emission().input(path, role, typed.get().type(), OptionalInt.empty(),
                        evaluator.report().userPlace(name.span())));
        return new Datum.Tensor(variable);
    }

    @Override
    public Datum update(Evaluator evaluator, String path, Datum value, Span span) {
        if (evaluator.purpose() != Evaluator.Purpose.TRAINING) {
            return evaluator.report()
                    .add(new RuleProblem.Misplaced(span, "`<-`", "in a prediction", "guard it with `if training { ... }`"));
        }
        Variable before = states.get(path);
        if (before == null || value instanceof Datum.Unknown) {
            return new Datum.Unknown();
        }
        if (Arithmetic.isNumber(value)) {
            value = new Datum.Tensor(evaluator.operators().operand(value, before.type().element(), before.type().shape(), span));
        }
        Optional<Variable> after = evaluator.tensor(value, "the new value of a state", span);
        if (after.isPresent() && !after.get().type().equals(before.type())) {
            return evaluator.report().add(new ShapeProblem.Needed(span, "the new value of the state", before.describe(), after.get()));
        }
        after.ifPresent(variable -> states.put(path, variable));
        return after.map(variable -> (Datum) new Datum.Tensor(variable)).orElse(new Datum.Unknown());
    }
}
