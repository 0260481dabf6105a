package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.LinkedHashMap;
import nnet.compiler.fuse.Cluster;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.loop.Variable;
import nnet.compiler.tensor.ArgMax;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Max;
import nnet.compiler.tensor.Op;
import nnet.compiler.tensor.Sum;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;

/// Every root is a function of one index: loops over the elements, the last axis in vectors. Neighbouring axes become one where all strides allow it, so
/// that a chain over contiguous tensors is a single loop whatever their rank.
final class FlatKernel {

    /// Elements for one iteration of the parallel loop.
    static final int BLOCK = 4096;
    /// Likewise at least, where each element is so much arithmetic that fewer of them are worth sharing among threads.
    private static final int SHORT_BLOCK = 512;
    /// Arithmetic for one iteration of the parallel loop where elements are costly.
    private static final int WORK = 1 << 17;
    /// Likewise where each element is a sum over many.
    private static final int COLUMNS = 64;

    private FlatKernel() {}

    static KernelCall lower(Cluster cluster, Draft.Memory memory, String name) {
        Map<Integer, Dim> axes = merge(cluster, memory);
        Draft draft = new Draft(cluster, memory);
        int block = block(cluster, memory);
        List<Dim> sizes = List.copyOf(axes.values());
        Expr extent;
        if (sizes.isEmpty()) {
            body(draft, axes, List.of());
            extent = Expr.i32(1);
        } else if (sizes.size() == 1) {
            extent = RowLoops.emitChunks(draft.nest, sizes.getFirst(), block, index -> body(draft, axes, List.of(index)));
        } else {
            Dim last = sizes.getLast();
            extent = RowLoops.emit(draft.nest, sizes.subList(0, sizes.size() - 1), rowsFor(last, block),
                    rows -> RowLoops.over(draft.nest, List.of(last), inner -> {
                        List<Index> all = new ArrayList<>(rows);
                        all.addAll(inner);
                        body(draft, axes, all);
                    }));
        }
        return draft.finish(name, extent);
    }

    /// Rows for one iteration of the parallel loop.
    static int rowsFor(Dim inner, int elements) {
        return Math.max(1, elements / Math.max(1, inner.isFixed() ? inner.size() : elements));
    }

    private static int block(Cluster cluster, Draft.Memory memory) {
        Draft probe = probe(cluster, memory);
        if (cluster.roots().stream().anyMatch(root -> isReduction(probe.definition(root).op()))) {
            return COLUMNS;
        }
        int fitting = Integer.highestOneBit(WORK / Math.max(1, Cost.ofInnermost(probe.nest)));
        return Math.max(SHORT_BLOCK, Math.min(BLOCK, fitting));
    }

    /// The body written once, inside of a loop for each axis.
    private static Draft probe(Cluster cluster, Draft.Memory memory) {
        Draft probe = new Draft(cluster, memory);
        List<Variable> variables = cluster.rows().stream().map(dim -> probe.nest.open("i", dim)).toList();
        elements(probe, variables.stream().map(Index::of).toList());
        return probe;
    }

    private static boolean isReduction(Op op) {
        return op instanceof Sum || op instanceof Max || op instanceof ArgMax || op instanceof Contraction;
    }

    private static void body(Draft draft, Map<Integer, Dim> axes, List<Index> loops) {
        List<Index> indices = new ArrayList<>();
        int next = 0;
        for (int axis = 0; axis < draft.cluster.rows().size(); axis++) {
            indices.add(axes.containsKey(axis) ? loops.get(next++) : Index.ZERO);
        }
        elements(draft, indices);
    }

    /// All roots at one index. Stores come last: a buffer that is updated in place is read before.
    static void elements(Draft draft, List<Index> indices) {
        for (Value root : draft.cluster.roots()) {
            draft.elements.known(root, indices, draft.elements.compute(root, indices));
        }
        for (Value root : draft.cluster.stored()) {
            Place place = draft.target(root);
            draft.nest.store(place.buffer(), place.offset(indices), draft.elements.at(root, indices));
        }
    }

    /// The loops to make: the axis that each runs along, and its size. Found by writing the body once with all axes and looking at the coefficients: an
    /// axis runs on into the next one if its coefficient is always that of the next one times the size of the next one.
    static Map<Integer, Dim> merge(Cluster cluster, Draft.Memory memory) {
        Draft probe = new Draft(cluster, memory);
        List<Variable> variables = cluster.rows().stream().map(dim -> probe.nest.open("i", dim)).toList();
        elements(probe, variables.stream().map(Index::of).toList());
        List<Index> uses = probe.nest.uses();
        Map<Integer, Dim> axes = new LinkedHashMap<>();
        Dim outer = Dim.ONE;
        for (int axis = 0; axis < variables.size(); axis++) {
            Dim size = cluster.rows().get(axis);
            outer = outer.times(size);
            if (size.equals(Dim.ONE) && axis + 1 < variables.size()) {
                continue;
            }
            if (axis + 1 == variables.size() || !runsOn(uses, variables, axis, next(cluster.rows(), axis), cluster.rows())) {
                if (!outer.equals(Dim.ONE)) {
                    axes.put(size.equals(Dim.ONE) ? last(cluster.rows(), axis) : axis, outer);
                }
                outer = Dim.ONE;
            }
        }
        return axes;
    }

    /// The next axis that is not of size 1, or the last axis.
    private static int next(List<Dim> rows, int axis) {
        int next = axis + 1;
        while (next + 1 < rows.size() && rows.get(next).equals(Dim.ONE)) {
            next++;
        }
        return next;
    }

    /// The last axis up to this one that is not of size 1.
    private static int last(List<Dim> rows, int axis) {
        int last = axis;
        while (rows.get(last).equals(Dim.ONE)) {
            last--;
        }
        return last;
    }

    static boolean runsOn(List<Index> uses, List<Variable> variables, int axis, int next, List<Dim> rows) {
        return rows.get(next).equals(Dim.ONE) || uses.stream()
                .allMatch(use -> use.coefficient(variables.get(axis)).equals(use.coefficient(variables.get(next)).times(rows.get(next))));
    }
}
