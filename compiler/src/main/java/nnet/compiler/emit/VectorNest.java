package nnet.compiler.emit;

import java.util.List;
import java.util.Optional;
import nnet.compiler.code.Statement;
import nnet.compiler.loop.Stmt;

/// Vector loops and reductions in machine vectors.
final class VectorNest {

    VectorNest(Scope scope, Machine machine) {
    }

    Optional<List<Statement>> loop(Stmt.Vector vector) {
        return Optional.empty();
    }

    Optional<List<Statement>> reduce(Stmt.Reduce reduce) {
        return Optional.empty();
    }
}
