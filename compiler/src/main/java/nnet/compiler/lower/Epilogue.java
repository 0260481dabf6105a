package nnet.compiler.lower;

import java.util.List;
import nnet.compiler.fuse.Cluster;
import nnet.compiler.loop.Expr;
import nnet.compiler.tensor.Value;

/// What becomes of the sums of a contraction, element by element.
final class Epilogue {

    /// Arithmetic of an epilogue that runs in registers: more would make the loops too large for HotSpot.
    private static final int SHORT = 10;

    private Epilogue() {}

    /// Where it runs.
    enum Where {
        /// In the registers of each tile.
        TILES,
        /// In the registers of tiles of one row; where tiles have several, over the block: it reads another array along with the sums.
        ROWS,
        /// Over the whole block: it is long.
        BLOCK
    }

    static Where where(Cluster cluster, Draft.Memory memory) {
        Draft written = written(cluster, memory);
        if (Cost.ofInnermost(written.nest) > SHORT) {
            return Where.BLOCK;
        }
        return written.formals.reads(cluster.roots().getFirst().shape()) ? Where.ROWS : Where.TILES;
    }

    /// Whether its arithmetic is little.
    static boolean isShort(Cluster cluster, Draft.Memory memory) {
        return where(cluster, memory) != Where.BLOCK;
    }

    /// Writes it once, to look at.
    private static Draft written(Cluster cluster, Draft.Memory memory) {
        Draft probe = new Draft(cluster, memory);
        List<Index> indices = cluster.rows().stream().map(dim -> Index.of(probe.nest.open("i", dim))).toList();
        Value root = cluster.roots().getFirst();
        probe.elements.known(root, indices, new Expr.Literal(root.type().element(), 0));
        rest(probe, indices);
        return probe;
    }

    /// What becomes of the sum of an element. One that is -0, since all its terms were too small to be told from zero, becomes +0: so a term that is a
    /// zero changes no bit, and may be left out.
    static void finish(Draft draft, List<Index> indices, Expr sum) {
        Expr total = draft.nest.let("sum", Expr.add(sum, new Expr.Literal(sum.type(), 0)));
        draft.elements.known(draft.cluster.roots().getFirst(), indices, total);
        rest(draft, indices);
    }

    /// What is computed from the sum, and what is stored.
    static void rest(Draft draft, List<Index> indices) {
        for (Value root : draft.cluster.roots().subList(1, draft.cluster.roots().size())) {
            draft.elements.known(root, indices, draft.elements.compute(root, indices));
        }
        for (Value root : draft.cluster.stored()) {
            Place place = draft.target(root);
            draft.nest.store(place.buffer(), place.offset(indices), draft.elements.at(root, indices));
        }
    }
}
