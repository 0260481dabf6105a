package nnet.compiler.lower;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Binary;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.loop.Expr.Literal;
import nnet.compiler.loop.Expr.UnaryOp;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;

/// Steps that matter, as the bits of a number: a loop over them takes a turn only for those.
final class Marks {

    /// Steps whose marks are one number.
    static final int WORD = 32;
    private static final int LANES = 16;

    private final Nest nest;

    Marks(Nest nest) {
        this.nest = nest;
    }

    /// The marks of up to 32 steps, which matter where one of some values is not zero.
    ///
    /// @param values at a step
    Expr word(Expr count, Function<Index, List<Expr>> values) {
        Variable j = nest.open("j", Dim.of(WORD), count);
        Expr mark = mark(values.apply(Index.of(j)), Index.of(j));
        List<Stmt> body = nest.close();
        Variable word = nest.declare("word", ElementType.I32);
        nest.add(new Stmt.Reduce(word, Stmt.Combine.SUM, j, Expr.i32(0), count, LANES, body, mark));
        return Expr.read(word);
    }

    /// The bit of one step if one of the values is not zero.
    Expr mark(List<Expr> values, Index step) {
        Expr isZero = new Binary(BinaryOp.EQUAL, bits(values), Expr.i32(0));
        return new Expr.Select(isZero, Expr.i32(0), new Binary(BinaryOp.SHIFT_LEFT, Expr.i32(1), nest.expr(step)));
    }

    /// 1 if one of the values is not zero, or 0: the highest bit of what is not zero, or of its negative, is set.
    Expr flag(List<Expr> values) {
        Expr bits = nest.let("bits", bits(values));
        return new Binary(BinaryOp.SHIFT_RIGHT, new Binary(BinaryOp.OR, bits, new Expr.Unary(UnaryOp.NEGATE, bits)), Expr.i32(31));
    }

    /// 0 if all values are zeros: their bits without the signs.
    private static Expr bits(List<Expr> values) {
        Expr all = values.stream().<Expr>map(value -> new Expr.Bits(ElementType.I32, value))
                .reduce((one, other) -> new Binary(BinaryOp.OR, one, other)).orElseThrow();
        return new Binary(BinaryOp.SHIFT_LEFT, all, Expr.i32(1));
    }

    /// The marks of up to 32 steps that all matter.
    static Expr all(Expr count) {
        return count instanceof Literal(ElementType _, double fixed)
                ? Expr.i32(-1 >>> WORD - (int) fixed)
                : new Binary(BinaryOp.SHIFT_RIGHT, Expr.i32(-1), Cuts.minus(Expr.i32(WORD), count));
    }

    /// The steps of a word, one after the other, counted from the first bit.
    void each(Expr word, Consumer<Index> body) {
        Variable bit = nest.open("k", Dim.of(WORD), Expr.i32(1));
        body.accept(Index.of(bit));
        nest.add(new Stmt.Marked(bit, word, nest.close()));
    }
}
