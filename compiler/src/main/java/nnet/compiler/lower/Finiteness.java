package nnet.compiler.lower;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Literal;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;

/// Whether B is finite, the factor of a product that may leave out zeros of A only then: 0 times infinity is NaN. The answer is a sum of 0 times each element, which is 0 or NaN.
final class Finiteness {

    private final ContractionKernel kernel;
    private final Nest nest;
    private final Block block;
    private final int columns;
    private final int width;
    private final Cuts overColumns;

    /// @param width of a panel of columns
    Finiteness(ContractionKernel kernel, Block block, int width) {
        this.kernel = kernel;
        this.block = block;
        this.width = width;
        nest = kernel.nest;
        columns = kernel.roles.size(kernel.roles.columns()).size();
        overColumns = new Cuts(nest, columns);
    }

    /// Whether the sums of the columns of B are at hand, which say it as well: a sum with something that is not finite is not finite.
    static boolean isKnown(ContractionKernel kernel) {
        return kernel.draft.sums(kernel.roles.operandB()).isPresent();
    }

    /// All of B, row after row, as it lies; its sums, where they are at hand. (Where they overflow, all steps are taken: no bit changes.)
    Expr ofAll() {
        Optional<Value> sums = kernel.draft.sums(kernel.roles.operandB());
        if (sums.isPresent()) {
            Expr count = nest.size(sums.get().shape().size());
            Buffer buffer = kernel.draft.source(sums.get()).buffer();
            return sum(count, j -> Expr.multiply(new Expr.Load(buffer, nest.expr(j)), zero()));
        }
        overColumns.vector(Expr.i32(columns), width, j -> nest.store(checks(), j, zero()));
        Variable k = nest.open("k", kernel.roles.contracted());
        overColumns.vector(Expr.i32(columns), width, j -> nest.store(checks(), j, plus(j, Index.of(k), kernel.load(checks(), j))));
        nest.add(new Stmt.For(k, Expr.i32(0), nest.size(kernel.roles.contracted()), 1, nest.close()));
        return check(Expr.i32(columns));
    }

    /// Some steps of a panel of columns, which are in the nearest cache then.
    ///
    /// @param steps at most `SparseRows.STEPS`
    Expr of(Index from, Expr steps, Index panel, Expr inPanel) {
        overColumns.vector(inPanel, width, j -> {
            Variable check = nest.var("check", zero());
            new Cuts(nest, SparseRows.STEPS).each("k", steps,
                    k -> nest.add(new Stmt.Assign(check, plus(panel.plus(j), from.plus(k), Expr.read(check)))));
            nest.store(checks(), j, Expr.read(check));
        });
        return check(inPanel);
    }

    private Expr plus(Index column, Index step, Expr sum) {
        return new Expr.Fma(block.b(column, step), zero(), sum);
    }

    private Expr zero() {
        return new Literal(kernel.type, 0);
    }

    /// For each column 0 or NaN.
    private Buffer checks() {
        return kernel.scratch("checks", columns);
    }

    private Expr check(Expr count) {
        return sum(count, j -> new Expr.Load(checks(), nest.expr(j)));
    }

    private Expr sum(Expr count, Function<Index, Expr> element) {
        Variable j = nest.open("j", Dim.of(columns), count);
        Expr each = element.apply(Index.of(j));
        List<Stmt> body = nest.close();
        Variable sum = nest.declare("check", kernel.type);
        nest.add(new Stmt.Reduce(sum, Stmt.Combine.SUM, j, Expr.i32(0), count, SparseRows.LANES, body, each));
        return Expr.read(sum);
    }
}
