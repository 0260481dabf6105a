package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Binary;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.type.ElementType;

/// One parallel loop over several counts.
final class Grid {

    private Grid() {}

    /// Takes the parallel index apart, the first count varying fastest.
    static List<Index> split(Nest nest, List<Expr> counts) {
        List<Index> result = new ArrayList<>();
        int last = 0;
        for (int i = 0; i < counts.size(); i++) {
            last = isOne(counts.get(i)) ? last : i;
        }
        Expr rest = Expr.read(nest.parallel);
        for (int i = 0; i < counts.size(); i++) {
            if (isOne(counts.get(i))) {
                result.add(Index.ZERO);
            } else if (i == last) {
                result.add(Movement.variable(nest, "part", rest));
            } else {
                Expr count = nest.let("n", counts.get(i));
                result.add(Movement.variable(nest, "part", new Binary(BinaryOp.REMAINDER, rest, count)));
                rest = nest.let("rest", new Binary(BinaryOp.DIVIDE, rest, count));
            }
        }
        return result;
    }

    /// The product of all counts.
    static Expr extent(List<Expr> counts) {
        return counts.stream().reduce(Expr.i32(1), Grid::times);
    }

    private static boolean isOne(Expr count) {
        return count instanceof Expr.Literal(ElementType _, double value) && value == 1;
    }

    private static Expr times(Expr left, Expr right) {
        return isOne(left) ? right : isOne(right) ? left : Expr.multiply(left, right);
    }
}
