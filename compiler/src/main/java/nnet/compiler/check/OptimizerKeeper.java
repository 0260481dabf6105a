package nnet.compiler.check;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import nnet.compiler.model.Variable;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Statement;
import nnet.compiler.tensor.Graph.Role;
import nnet.compiler.type.TensorType;

/// What an optimiser keeps: for each trainable number one number of each state. Its body is evaluated twice: to `prepare` the first states, and to `update`.
final class OptimizerKeeper implements Keeper {

    private final TensorType type;
    private final boolean prepares;
    private final Map<String, Variable> states = new LinkedHashMap<>();
    private final Set<String> zero = new LinkedHashSet<>();

    OptimizerKeeper(TensorType type, boolean prepares) {
        this.type = type;
        this.prepares = prepares;
    }

    Map<String, Variable> states() {
        return states;
    }

    /// Whether a state starts as zeros.
    boolean startsAsZeros(String name) {
        return zero.contains(name);
    }

    @Override
    public Datum parameter(Evaluator evaluator, Statement.Param statement, Scope scope) {
        return evaluator.report()
                .add(new RuleProblem.Misplaced(statement.span(), "`param`", "in an optimiser", "an optimiser keeps states"));
    }

    @Override
    public Datum state(Evaluator evaluator, Statement.State statement, Scope scope) {
        String name = evaluator.place().path(statement.name().text());
        Optional<Variable> variable = prepares
                ? first(evaluator, statement, scope)
                : Optional.of(evaluator.emission().input(name, Role.OPTIMIZER, type, OptionalInt.empty(), statement.name().span()));
        variable.ifPresent(known -> states.put(name, known));
        return variable.map(known -> (Datum) new Datum.Tensor(known)).orElse(new Datum.Unknown());
    }

    private Optional<Variable> first(Evaluator evaluator, Statement.State statement, Scope scope) {
        Datum value = evaluator.evaluate(statement.initial(), scope);
        Span span = statement.initial().span();
        if (Arithmetic.isNumber(value)) {
            value = new Datum.Tensor(evaluator.operators().operand(value, type.element(), type.shape(), span));
        }
        Optional<Variable> variable = evaluator.tensor(value, "the initial value of a state", span);
        if (variable.isPresent() && !variable.get().type().equals(type)) {
            evaluator.report().add(new ShapeProblem.Needed(span, "the initial value of a state of an optimiser",
                    "of the shape of the parameters", variable.get()));
            return Optional.empty();
        }
        variable.filter(evaluator.emission()::isZero).ifPresent(_ -> zero.add(evaluator.place().path(statement.name().text())));
        return variable;
    }

    @Override
    public Datum update(Evaluator evaluator, String path, Datum value, Span span) {
        Optional<Variable> after = evaluator.tensor(value, "the new value of a state", span);
        if (after.isPresent() && !after.get().type().equals(type)) {
            return evaluator.report().add(new ShapeProblem.Needed(span, "the new value of a state of an optimiser",
                    "of the shape of the parameters", after.get()));
        }
        if (!prepares) {
            after.ifPresent(variable -> states.put(path, variable));
        }
        return after.map(variable -> (Datum) new Datum.Tensor(variable)).orElse(new Datum.Unknown());
    }
}
