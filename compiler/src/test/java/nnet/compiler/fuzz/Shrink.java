package nnet.compiler.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Kernel;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.loop.LoopVerifier;
import nnet.compiler.loop.Stmt;
import nnet.compiler.type.ElementType;

/// Makes a failing program of one kernel smaller, as long as it is valid and still fails.
final class Shrink {

    private Shrink() {
    }

    /// @param kept so many statements at the start stay as they are: what makes the others valid
    static LoopProgram shrink(LoopProgram program, int kept, Predicate<LoopProgram> fails) {
        LoopProgram smallest = program;
        Optional<LoopProgram> next = Optional.of(program);
        while (next.isPresent()) {
            smallest = next.get();
            LoopProgram current = smallest;
            List<Stmt> all = current.calls().getFirst().kernel().body();
            next = bodies(all.subList(kept, all.size()))
                    .map(body -> with(current, Stream.concat(all.subList(0, kept).stream(), body.stream()).toList()))
                    .filter(candidate -> LoopVerifier.problems(candidate).isEmpty() && fails.test(candidate))
                    .findFirst();
        }
        return smallest;
    }

    private static LoopProgram with(LoopProgram program, List<Stmt> body) {
        KernelCall call = program.calls().getFirst();
        Kernel k = call.kernel();
        Kernel kernel = new Kernel(k.name(), k.buffers(), k.symbols(), k.index(), k.extent(), k.cost(), body);
        return new LoopProgram(program.name(), program.symbols(), program.storages(),
                List.of(new KernelCall(kernel, call.arguments(), call.span())));
    }

    /// All lists that are one step smaller: without a statement, or with a smaller one.
    private static Stream<List<Stmt>> bodies(List<Stmt> body) {
        Stream<List<Stmt>> without = IntStream.range(0, body.size()).mapToObj(i -> replaced(body, i, List.of()));
        Stream<List<Stmt>> smaller = IntStream.range(0, body.size()).boxed()
                .flatMap(i -> smaller(body.get(i)).map(statements -> replaced(body, i, statements)));
        return Stream.concat(without, smaller);
    }

    private static List<Stmt> replaced(List<Stmt> body, int i, List<Stmt> by) {
        List<Stmt> result = new ArrayList<>(body.subList(0, i));
        result.addAll(by);
        result.addAll(body.subList(i + 1, body.size()));
        return result;
    }

    private static Stream<List<Stmt>> smaller(Stmt stmt) {
        return switch (stmt) {
            case Stmt.Let(var variable, var value) -> exprs(value).map(e -> List.of(new Stmt.Let(variable, e)));
            case Stmt.Var(var variable, var initial) -> exprs(initial).map(e -> List.of(new Stmt.Var(variable, e)));
            case Stmt.Assign(var variable, var value) -> exprs(value).map(e -> List.of(new Stmt.Assign(variable, e)));
            case Stmt.Store(var buffer, var index, var value) -> exprs(value).map(e -> List.of(new Stmt.Store(buffer, index, e)));
            case Stmt.For(var index, var from, var to, int step, var body) ->
                Stream.concat(Stream.of(body), bodies(body).map(b -> List.of(new Stmt.For(index, from, to, step, b))));
            case Stmt.Marked(var index, var word, var body) ->
                Stream.concat(bodies(body).map(b -> List.of(new Stmt.Marked(index, word, b))),
                        exprs(word).map(e -> List.of(new Stmt.Marked(index, e, body))));
            case Stmt.Vector(var index, var from, var to, int width, var body) ->
                bodies(body).map(b -> List.of(new Stmt.Vector(index, from, to, width, b)));
            case Stmt.Reduce(var result, var combine, var index, var from, var to, int lanes, var body, var value) -> Stream.concat(
                    bodies(body).map(b -> List.of(new Stmt.Reduce(result, combine, index, from, to, lanes, b, value))),
                    exprs(value).map(e -> List.of(new Stmt.Reduce(result, combine, index, from, to, lanes, body, e))));
            case Stmt.If(var condition, var then, var otherwise) -> Stream.of(then, otherwise,
                    List.of(new Stmt.If(condition, then, List.of())));
            case Stmt.Section(var _, var body) -> Stream.of(body);
        };
    }

    /// Expressions of the same type, one step smaller.
    private static Stream<Expr> exprs(Expr expr) {
        ElementType type = expr.type();
        Stream<Expr> parts = expr.operands().stream().filter(part -> part.type() == type);
        Stream<Expr> literal = expr instanceof Expr.Literal || expr instanceof Expr.Read
                ? Stream.empty()
                : Stream.of(new Expr.Literal(type, 1));
        Stream<Expr> deeper = IntStream.range(0, expr.operands().size()).boxed()
                .flatMap(i -> exprs(expr.operands().get(i)).map(smaller -> withOperand(expr, i, smaller)));
        return Stream.of(literal, parts, deeper).flatMap(stream -> stream);
    }

    private static Expr withOperand(Expr expr, int i, Expr operand) {
        int[] next = {0};
        return expr.mapOperands(old -> next[0]++ == i ? operand : old);
    }
}
