package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import nnet.compiler.fuse.Cluster;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.schedule.Target;
import nnet.compiler.tensor.Attention;
import nnet.compiler.tensor.AttentionPullback;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Orthonormalize;
import nnet.compiler.tensor.ScatterAdd;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;

/// Operations that are no function of the index.
final class SingleKernel {

    private SingleKernel() {}

    static KernelCall lower(Cluster cluster, Draft.Memory memory, Target target) {
        Draft draft = new Draft(cluster, memory);
        Equation equation = draft.definition(cluster.roots().getFirst());
        return switch (equation.op()) {
            case ScatterAdd scatter -> scatter(draft, equation, scatter.batchAxes());
            case Attention attention -> AttentionKernel.lower(draft, equation, attention, target);
            case AttentionPullback pullback -> AttentionPullbackKernel.lower(draft, equation, pullback.forward(), target);
            case Orthonormalize _ -> OrthonormalizeKernel.lower(draft, equation);
            default ->
                throw new UnsupportedOperationException("lowering of " + equation.op().mnemonic() + " at " + equation.results().getFirst());
        };
    }

    /// updates `[B..., I..., R...]`, indices `[B..., I...]`, result `[B..., n, R...]`: zeros, then additions in ascending order of I; parallel over B.
    private static KernelCall scatter(Draft draft, Equation equation, int batchAxes) {
        Nest nest = draft.nest;
        Value result = equation.results().getFirst();
        Value updates = equation.operands().getFirst();
        Value picks = equation.operands().getLast();
        Place place = draft.target(result);
        Place sums = draft.read(result);
        List<Dim> batch = result.shape().dims().subList(0, batchAxes);
        List<Dim> cleared = result.shape().dims().subList(batchAxes, result.shape().rank());
        List<Dim> scattered = picks.shape().dims().subList(batchAxes, picks.shape().rank());
        List<Dim> rest = result.shape().dims().subList(batchAxes + 1, result.shape().rank());
        Expr extent = RowLoops.emit(nest, batch, 1, row -> {
            RowLoops.over(nest, cleared,
                    inner -> nest.store(place.buffer(), place.offset(join(row, inner)), new Expr.Literal(result.type().element(), 0)));
            plain(nest, scattered, new ArrayList<>(), at -> {
                Expr pick = draft.elements.at(picks, join(row, at));
                Index target = Movement.variable(nest, "pick",
                        Elements.clamp(pick, nest.expr(Index.of(result.shape().dim(batchAxes)).plus(-1))));
                RowLoops.over(nest, rest, inner -> {
                    Index offset = place.offset(join(join(row, List.of(target)), inner));
                    Expr old = new Expr.Load(sums.buffer(), nest.expr(offset));
                    nest.store(place.buffer(), offset, Expr.add(old, draft.elements.at(updates, join(join(row, at), inner))));
                });
            });
        });
        return draft.finish("scatter", extent);
    }

    private static List<Index> join(List<Index> first, List<Index> second) {
        List<Index> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static void plain(Nest nest, List<Dim> dims, List<Index> outer, Consumer<List<Index>> body) {
        if (outer.size() == dims.size()) {
            body.accept(List.copyOf(outer));
            return;
        }
        Variable index = nest.open("i", dims.get(outer.size()));
        outer.add(Index.of(index));
        plain(nest, dims, outer, body);
        outer.removeLast();
        List<Stmt> statements = nest.close();
        nest.add(new Stmt.For(index, Expr.i32(0), nest.dim(dims.get(outer.size())), 1, statements));
    }
}
