package nnet.compiler.emit;

import java.util.ArrayList;
import java.util.List;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.loop.Stmt;

/// Writes reductions in one lane as what they are: a variable and a loop.
final class Serial {

    private Serial() {
    }

    static List<Stmt> of(List<Stmt> statements) {
        return statements.stream().flatMap(statement -> of(statement).stream()).toList();
    }

    private static List<Stmt> of(Stmt statement) {
        return switch (statement) {
            case Stmt.Let _,Stmt.Var _,Stmt.Assign _,Stmt.Store _ -> List.of(statement);
            case Stmt.For(var index, var from, var to, int step, var body) -> List.of(new Stmt.For(index, from, to, step, of(body)));
            case Stmt.Marked(var index, var word, var body) -> List.of(new Stmt.Marked(index, word, of(body)));
            case Stmt.Vector(var index, var from, var to, int width, var body) ->
                List.of(new Stmt.Vector(index, from, to, width, of(body)));
            case Stmt.If(var condition, var then, var otherwise) -> List.of(new Stmt.If(condition, of(then), of(otherwise)));
            case Stmt.Section(String name, var body) -> List.of(new Stmt.Section(name, of(body)));
            case Stmt.Reduce reduce -> reduce.lanes() == 1 ? serial(reduce) : List.of(statement);
        };
    }

    private static List<Stmt> serial(Stmt.Reduce reduce) {
        List<Stmt> body = new ArrayList<>(of(reduce.body()));
        body.add(
                new Stmt.Assign(reduce.result(), new Expr.Binary(operation(reduce.combine()), Expr.read(reduce.result()), reduce.value())));
        return List.of(new Stmt.Var(reduce.result(), Scalar.neutral(reduce.combine(), reduce.result().type())),
                new Stmt.For(reduce.index(), reduce.from(), reduce.to(), 1, body));
    }

    static BinaryOp operation(Stmt.Combine combine) {
        return switch (combine) {
            case SUM -> BinaryOp.ADD;
            case MAX -> BinaryOp.MAX;
            case MIN -> BinaryOp.MIN;
        };
    }
}
