package nnet.compiler.loop;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// Walks over kernels.
public final class Kernels {

    private Kernels() {
    }

    /// All statements, each before those inside it.
    public static Stream<Stmt> statements(List<Stmt> body) {
        return body.stream().flatMap(stmt -> Stream.concat(Stream.of(stmt), bodies(stmt).stream().flatMap(Kernels::statements)));
    }

    /// The lists of statements inside a statement.
    public static List<List<Stmt>> bodies(Stmt stmt) {
        return switch (stmt) {
            case Stmt.Let _,Stmt.Var _,Stmt.Assign _,Stmt.Store _ -> List.of();
            case Stmt.For loop -> List.of(loop.body());
            case Stmt.Marked loop -> List.of(loop.body());
            case Stmt.Vector loop -> List.of(loop.body());
            case Stmt.Reduce loop -> List.of(loop.body());
            case Stmt.If choice -> List.of(choice.then(), choice.otherwise());
            case Stmt.Section section -> List.of(section.body());
        };
    }

    /// The variables that a statement itself binds; those bound inside its bodies are theirs.
    public static List<Variable> binds(Stmt stmt) {
        return switch (stmt) {
            case Stmt.Let let -> List.of(let.variable());
            case Stmt.Var local -> List.of(local.variable());
            case Stmt.For loop -> List.of(loop.index());
            case Stmt.Marked loop -> List.of(loop.index());
            case Stmt.Vector loop -> List.of(loop.index());
            case Stmt.Reduce loop -> List.of(loop.index(), loop.result());
            case Stmt.Assign _,Stmt.Store _,Stmt.If _,Stmt.Section _ -> List.of();
        };
    }

    /// The expressions of a statement itself; those of its bodies are theirs.
    public static Stream<Expr> expressions(Stmt stmt) {
        return switch (stmt) {
            case Stmt.Let let -> Stream.of(let.value());
            case Stmt.Var local -> Stream.of(local.initial());
            case Stmt.Assign assign -> Stream.of(assign.value());
            case Stmt.Store store -> Stream.of(store.index(), store.value());
            case Stmt.For loop -> Stream.of(loop.from(), loop.to());
            case Stmt.Marked loop -> Stream.of(loop.word());
            case Stmt.Vector loop -> Stream.of(loop.from(), loop.to());
            case Stmt.Reduce loop -> Stream.of(loop.from(), loop.to(), loop.value());
            case Stmt.If choice -> Stream.of(choice.condition());
            case Stmt.Section _ -> Stream.empty();
        };
    }

    /// An expression and everything inside it.
    public static Stream<Expr> withParts(Expr expr) {
        return Stream.concat(Stream.of(expr), expr.operands().stream().flatMap(Kernels::withParts));
    }

    /// Every variable that a kernel binds: symbols, the parallel index, locals and indices.
    public static List<Variable> variables(Kernel kernel) {
        return Stream
                .of(kernel.symbols().stream(), Stream.of(kernel.index()),
                        statements(kernel.body()).map(Kernels::binds).flatMap(Collection::stream))
                .flatMap(stream -> stream)
                .toList();
    }

    static int largestId(Kernel kernel) {
        return variables(kernel).stream().mapToInt(Variable::id).max().orElse(0);
    }

    /// A fresh identity for a variable of a kernel is this and everything above.
    public static int nextId(Kernel kernel) {
        return largestId(kernel) + 1;
    }
}
