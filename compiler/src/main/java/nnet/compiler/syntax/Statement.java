package nnet.compiler.syntax;

import java.util.List;
import java.util.Optional;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Declaration.Name;

/// A statement as written.
public sealed interface Statement {

    Span span();

    /// `let z = x @ weight`, `let (i, f) = split(z, 2)`.
    record Let(Span span, List<Name> names, Expression value) implements Statement {
    }

    /// `param weight: [n, units] = glorot_uniform`.
    record Param(Span span, Optional<String> doc, Name name, TypeExpression type, Expression initializer) implements Statement {
    }

    /// `state mean: [n] = zeros`, or `state m = zeros_like(w)` without a type.
    record State(Span span, Optional<String> doc, Name name, Optional<TypeExpression> type, Expression initial) implements Statement {
    }

    /// `m <- beta1 * m + (1 - beta1) * gradient`: the new value of a state.
    record Update(Span span, Name state, Expression value) implements Statement {
    }

    /// `c = f * c`: the new value of a carried value of a scan, or of a name inside `for`.
    record Assign(Span span, Name name, Expression value) implements Statement {
    }

    /// `require units > 0, "units must be positive"`.
    record Require(Span span, Expression condition, Expression message) implements Statement {
    }

    /// `for i in 0..n { ... }` or `for (a, b) in pairs { ... }`, unrolled. A name of the enclosing block assigned inside (`y = y -> Dense(8)`) is carried.
    record For(Span span, List<Name> names, Expression range, Block body) implements Statement {
    }

    /// `emit h` in a scan.
    record Emit(Span span, Expression value) implements Statement {
    }

    /// An expression; the last one of a block is its value. An `if` without value is one too.
    record Evaluate(Span span, Expression value) implements Statement {
    }
}
