package nnet.compiler.tensor;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The reverse sweep over equations: from cotangents of results to cotangents of what they depend on, by the chain rule.
public final class Pullback {

    private final Builder builder;
    /// Cotangents found so far.
    private final Map<Value, Value> cotangents;
    /// Values that depend on what is asked for: only these get cotangents.
    private final Set<Value> reached;

    private Pullback(Builder builder, Map<Value, Value> seeds, Set<Value> reached) {
        this.builder = builder;
        this.cotangents = new HashMap<>(seeds);
        this.reached = reached;
    }

    /// The cotangents of `of`, empty for those on which nothing with a cotangent depends.
    ///
    /// @param builder   has the equations already, and gets those of the sweep
    /// @param equations what lies between
    /// @param seeds     cotangents of some values
    public static List<Optional<Value>> sweep(Builder builder, List<Equation> equations, Map<Value, Value> seeds, List<Value> of) {
        Set<Value> reached = new HashSet<>(of);
        for (Equation equation : equations) {
            if (equation.operands().stream().anyMatch(reached::contains)) {
                equation.results().stream().filter(result -> result.type().element().isFloating()).forEach(reached::add);
            }
        }
        Pullback sweep = new Pullback(builder, seeds, reached);
        equations.reversed().forEach(sweep::pull);
        return of.stream().map(value -> Optional.ofNullable(sweep.cotangents.get(value))).toList();
    }

    private void pull(Equation equation) {
        List<Optional<Value>> known = equation.results().stream().map(result -> Optional.ofNullable(cotangents.get(result))).toList();
        if (known.stream().noneMatch(Optional::isPresent) || equation.results().stream().noneMatch(reached::contains)) {
            return;
        }
        Value first = equation.results().getFirst();
        builder.at(first.span(), Stream.of("d", first.hint()).filter(part -> !part.isEmpty()).reduce((a, b) -> a + "_" + b).orElseThrow());
        List<Optional<Value>> pulled = equation.op().pullback(builder, equation, known);
        for (int i = 0; i < pulled.size(); i++) {
            Value operand = equation.operands().get(i);
            if (reached.contains(operand)) {
                pulled.get(i).ifPresent(cotangent -> cotangents.merge(operand, cotangent, builder::plus));
            }
        }
    }
}
