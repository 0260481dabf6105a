package nnet.compiler.lower;

import java.util.Optional;
import nnet.compiler.loop.Expr;

/// A chunk of the axis that a contraction sums over.
///
/// @param nonzero the steps that matter, where they are listed
record Chunk(Index from, Expr count, boolean first, boolean last, Optional<Nonzero> nonzero) {

    Chunk(Index from, Expr count, boolean first, boolean last) {
        this(from, count, first, last, Optional.empty());
    }

    Chunk only(Nonzero steps) {
        return new Chunk(from, count, first, last, Optional.of(steps));
    }
}
