package nnet.compiler.syntax;

import java.util.List;
import java.util.Optional;
import nnet.compiler.source.Span;
import nnet.compiler.syntax.Declaration.Name;

/// A type as written.
public sealed interface TypeExpression {

    Span span();

    /// `[2]`, `f32[..., n]`, `category(65)[128]`, `category(10)` (a scalar: `shape` is empty), `real`, `Species`, `Flower`. `arguments` are those of
    /// `category(10)`. An absent element means `f32`. The compile-time kinds `int real bool string fn layer initializer schedule` are `element` with neither
    /// arguments nor shape.
    record Tensor(Span span, Optional<Name> element, List<Expression> arguments, Optional<List<Extent>> shape) implements TypeExpression {
    }

    /// One entry of a shape.
    sealed interface Extent {
        Span span();

        /// `...`: any leading dimensions.
        record Rest(Span span) implements Extent {
        }

        /// An integer, a name to bind or look up, or arithmetic over them such as `4 * units`.
        record Size(Span span, Expression value) implements Extent {
        }
    }
}
