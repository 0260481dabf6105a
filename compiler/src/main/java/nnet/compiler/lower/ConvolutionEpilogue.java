package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.lower.ConvolutionKernel.Part;
import nnet.compiler.type.Dim;

/// What a convolution does with its sums, over all positions of a band.
final class ConvolutionEpilogue {

    private final ConvolutionKernel kernel;
    private final Part part;
    private final Nest nest;
    private final List<Sliding> axes;

    ConvolutionEpilogue(ConvolutionKernel kernel, Part part) {
        this.kernel = kernel;
        this.part = part;
        nest = kernel.nest;
        axes = kernel.plan.convolved().axes();
    }

    /// Over all positions of the band, once their sums are complete.
    void emit() {
        Cuts overRows = new Cuts(nest, kernel.plan.block());
        overRows.section("epilogue", () -> overRows.each("i", part.rows(), row -> {
            if (isOneLine(kernel.draft, kernel.plan)) {
                line(row);
            } else {
                positions(row, Index.ZERO, new ArrayList<>());
            }
        }));
    }

    /// Whether lines of positions run on into each other, in a panel and in all that the epilogue reads and writes.
    static boolean isOneLine(Draft draft, ConvolutionPlan plan) {
        if (!plan.isPacked()) {
            return false;
        }
        Draft probe = draft.another();
        List<Dim> sizes = draft.cluster.rows();
        List<Variable> variables = sizes.stream().map(dim -> probe.nest.open("i", dim)).toList();
        List<Index> indices = variables.stream().map(Index::of).toList();
        probe.elements.known(draft.cluster.roots().getFirst(), indices, new Expr.Literal(plan.type(), 0));
        Epilogue.rest(probe, indices);
        List<Integer> places = plan.convolved().axes().stream().map(axis -> plan.convolved().resultLabels().indexOf(axis.position()))
                .toList();
        return IntStream.range(1, places.size())
                .allMatch(i -> FlatKernel.runsOn(probe.nest.uses(), variables, places.get(i - 1), places.get(i), sizes));
    }

    /// All positions of the band in one loop.
    private void line(Index row) {
        int length = axes.stream().skip(1).mapToInt(Sliding::positions).reduce(1, (a, b) -> a * b);
        Expr count = lines(axes.getFirst());
        Expr all = count instanceof Expr.Literal(var _, double fixed)
                ? Expr.i32((int) fixed * length)
                : nest.let("count", Expr.multiply(count, Expr.i32(length)));
        Variable p = nest.open("p", Dim.of(axes.getFirst().band() * length), all);
        inLine(row, Index.of(p), waiting(row, Index.of(p)));
        List<Stmt> body = nest.close();
        nest.add(new Stmt.Vector(p, Expr.i32(0), all, 16, body));
    }

    /// At one column of the band, where lines of positions run on into each other: the last axis does.
    void inLine(Index row, Index column, Expr sum) {
        List<Index> point = new ArrayList<>();
        for (int axis = 0; axis < axes.size(); axis++) {
            Index start = axis == 0 ? part.start() : Index.ZERO;
            point.add(axis == axes.size() - 1 ? start.plus(column) : start);
        }
        element(row, point, sum);
    }

    private Expr waiting(Index row, Index column) {
        return nest.let("x", new Expr.Load(kernel.sums.orElseThrow(), nest.expr(kernel.sum(row, column))));
    }

    /// Lines of the band that there are.
    private Expr lines(Sliding first) {
        boolean isCut = first.band() < first.positions() && first.positions() % first.band() != 0;
        return isCut
                ? nest.let("count", Nest.min(nest.expr(Index.of(first.positions()).minus(part.start())), Expr.i32(first.band())))
                : Expr.i32(first.band());
    }

    private void positions(Index row, Index column, List<Index> outer) {
        int axis = outer.size();
        if (axis == axes.size()) {
            element(row, outer, waiting(row, column));
            return;
        }
        Sliding sliding = axes.get(axis);
        Expr count = axis == 0 ? lines(sliding) : Expr.i32(sliding.band());
        Variable p = nest.open("p", Dim.of(sliding.band()), count);
        outer.add(axis == 0 && sliding.band() < sliding.positions() ? part.start().plus(Index.of(p)) : Index.of(p));
        positions(row, column.plus(Index.of(p).times(kernel.stride(axis))), outer);
        outer.removeLast();
        List<Stmt> body = nest.close();
        nest.add(axis == axes.size() - 1
                ? new Stmt.Vector(p, Expr.i32(0), count, 16, body)
                : new Stmt.For(p, Expr.i32(0), count, 1, body));
    }

    private void element(Index row, List<Index> positions, Expr sum) {
        Map<Integer, Index> point = new HashMap<>(part.around());
        kernel.plan.form().rows().ifPresent(label -> point.put(label, part.row().plus(row)));
        for (int i = 0; i < axes.size(); i++) {
            point.put(axes.get(i).position(), positions.get(i));
        }
        List<Index> indices = kernel.plan.convolved().resultLabels().stream().map(point::get).toList();
        Epilogue.finish(kernel.draft, indices, sum);
    }
}
