package nnet.compiler.emit;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import nnet.compiler.code.Expression;
import nnet.compiler.code.Local;
import nnet.compiler.code.Statement;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Variable;

/// What all steps of one vector loop share: the analysis of its body, and constant vectors, which are made before the loop.
final class VectorContext {

    final Scope scope;
    final Machine machine;
    final Lanes lanes;
    final Variable index;
    final Expr end;
    private final List<Statement> prologue;
    private final Map<Expr.Literal, Local> literals = new HashMap<>();
    private final Map<VectorKind, Local> iotas = new EnumMap<>(VectorKind.class);

    /// @param end      where the loop ends
    /// @param prologue where statements go that come before the loop
    VectorContext(Scope scope, Machine machine, Lanes lanes, Variable index, Expr end, List<Statement> prologue) {
        this.scope = scope;
        this.machine = machine;
        this.lanes = lanes;
        this.index = index;
        this.end = end;
        this.prologue = prologue;
    }

    Expression literal(Expr.Literal literal) {
        VectorKind kind = VectorKind.of(literal.type());
        return literals.computeIfAbsent(literal,
                _ -> define("all", kind, kind.broadcast(machine.species(kind), Scalar.literal(literal.type(), literal.value()))));
    }

    /// 0, 1, 2, ...
    Expression iota(VectorKind kind) {
        return iotas.computeIfAbsent(kind, _ -> define("iota", kind, kind.iota(machine.species(kind))));
    }

    private Local define(String name, VectorKind kind, Expression value) {
        Local local = scope.local(name, kind.type);
        prologue.add(new Statement.Declare(local, value));
        return local;
    }
}
