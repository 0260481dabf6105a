package nnet.compiler.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import nnet.compiler.loop.Variable;
import nnet.compiler.type.ElementType;

/// The variables that a statement may use.
final class Scope {

    private final List<Variable> variables = new ArrayList<>();
    private final List<Variable> assignable = new ArrayList<>();

    Scope inner() {
        Scope inner = withoutAssignable();
        inner.assignable.addAll(assignable);
        return inner;
    }

    /// For the body of a vector loop, which may read but not assign what lies outside.
    Scope withoutAssignable() {
        Scope inner = new Scope();
        inner.variables.addAll(variables);
        return inner;
    }

    Scope with(Variable variable, boolean mayBeAssigned) {
        Scope inner = inner();
        inner.add(variable, mayBeAssigned);
        return inner;
    }

    void add(Variable variable, boolean mayBeAssigned) {
        variables.add(variable);
        if (mayBeAssigned) {
            assignable.add(variable);
        }
    }

    Optional<Variable> any(ElementType type, Random random) {
        List<Variable> found = variables.stream().filter(variable -> variable.type() == type).toList();
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(random.nextInt(found.size())));
    }

    Optional<Variable> assignable(Random random) {
        return assignable.isEmpty() ? Optional.empty() : Optional.of(assignable.get(random.nextInt(assignable.size())));
    }
}
