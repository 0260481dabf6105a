package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.fuse.Cluster;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.Expr.Binary;
import nnet.compiler.loop.Expr.BinaryOp;
import nnet.compiler.loop.Expr.Literal;
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Variable;
import nnet.compiler.schedule.Target;
import nnet.compiler.schedule.Tile;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;

/// A contraction with its epilogue, cut into panels of columns and blocks of rows, over which the kernel is parallel.
///
/// For each chunk of the contracted axis a panel of B is packed, then register tiles run over the rows of the block. Sums of earlier chunks wait in
/// scratch. The epilogue runs in the registers of the last chunk if it is short, else over the whole block in scratch; so it does where it reads another array along with the
/// sums: in whole rows of the panel that array comes from memory in time, in strips as wide as a register tile each line of it is waited for.
final class ContractionKernel {

    /// Rows of B up to this long lie close enough together to be read in place.
    private static final int NARROW = 64;

    final Draft draft;
    final Nest nest;
    final Roles roles;
    final ContractionPlan plan;
    final Target target;
    final Value root;
    final ElementType type;
    /// Whether A is an input of the network: pixels, counts or one-hot rows, which may be mostly zeros.
    final boolean isOfData;
    private final Map<Purpose, Buffer> scratch = new HashMap<>();
    private final Expr rowCount;
    private final Epilogue.Where epilogue;

    /// What a buffer in scratch is for.
    private record Purpose(String name, int size) {
    }

    private ContractionKernel(Draft draft, Roles roles, Target target, Epilogue.Where epilogue, boolean isOfData) {
        this.draft = draft;
        this.nest = draft.nest;
        this.roles = roles;
        this.target = target;
        this.epilogue = epilogue;
        this.isOfData = isOfData;
        plan = ContractionPlan.of(roles, target, isOfData);
        root = draft.cluster.roots().getFirst();
        type = root.type().element();
        rowCount = nest.dim(roles.size(roles.rows()));
    }

    static KernelCall lower(Cluster cluster, Draft.Memory memory, Target target) {
        Optional<KernelCall> convolution = DepthwiseKernel.lower(cluster, memory, target)
                .or(() -> ConvolutionKernel.lower(cluster, memory, target))
                .or(() -> TapsGradientKernel.lower(cluster, memory, target))
                .or(() -> WeightGradientKernel.lower(cluster, memory, target));
        if (convolution.isPresent()) {
            return convolution.get();
        }
        Optional<Roles> roles = Roles.of(cluster, memory);
        if (roles.isEmpty()) {
            return FlatKernel.lower(cluster, memory, "contraction");
        }
        ContractionKernel kernel = new ContractionKernel(new Draft(cluster, memory), roles.get(), target, Epilogue.where(cluster, memory),
                memory.isData(roles.get().operandA()));
        return kernel.draft.finish("contraction", kernel.emit());
    }

    private Expr emit() {
        Dim rows = roles.size(roles.rows());
        Dim columns = roles.size(roles.columns());
        List<Expr> counts = new ArrayList<>();
        Expr width = width();
        counts.add(blocks(columns, width));
        counts.add(blocks(rows, Expr.i32(plan.block())));
        roles.around().reversed().forEach(axis -> counts.add(nest.size(roles.sizes().get(axis))));
        List<Index> positions = Grid.split(nest, counts);
        Map<Integer, Index> around = new HashMap<>();
        for (int i = 0; i < roles.around().size(); i++) {
            around.put(roles.around().reversed().get(i), positions.get(i + 2));
        }
        Index row = positions.get(1).times(plan.block());
        Index column = times(positions.get(0), width);
        Part place = new Part(around, row, extent(rows, plan.block(), row), column, Expr.i32(0));
        if (SparseProduct.fits(this)) {
            SparseProduct sparse = new SparseProduct(this);
            choose(sparse.isWorth(), () -> sparse.part(Grid.extent(counts)), () -> part(place));
        } else {
            part(place);
        }
        return Grid.extent(counts);
    }

    /// Columns for one iteration of the parallel loop.
    private Expr width() {
        Dim rows = roles.size(roles.rows());
        if (roles.panels().isEmpty() || roles.size(roles.columns()).size() <= plan.tile().panel() || rows.isFixed()) {
            return Expr.i32(roles.panels().isPresent() && hasFewRows() ? plan.wide() : plan.tile().panel());
        }
        return new Expr.Select(areFew(nest.size(rows)), Expr.i32(plan.wide()), Expr.i32(plan.tile().panel()));
    }

    private Expr blocks(Dim size, Expr block) {
        return size.isFixed() && block instanceof Literal(ElementType _, double fixed)
                ? Expr.i32((size.size() + (int) fixed - 1) / (int) fixed)
                : new Binary(BinaryOp.DIVIDE, Expr.add(nest.size(size), Cuts.minus(block, Expr.i32(1))), block);
    }

    private Index times(Index position, Expr width) {
        return width instanceof Literal(ElementType _, double fixed)
                ? position.times((int) fixed)
                : Movement.variable(nest, "column", Expr.multiply(nest.expr(position), width));
    }

    /// How many of `size` are left from `start` on, at most `limit`.
    private Expr extent(Dim size, int limit, Index start) {
        if (size.isFixed() && (size.size() <= limit || size.size() % limit == 0)) {
            return Expr.i32(Math.min(size.size(), limit));
        }
        return nest.let("count", Nest.min(nest.expr(Index.of(size).minus(start)), Expr.i32(limit)));
    }

    private void part(Part place) {
        if (roles.panels().isPresent()) {
            panels(place);
            return;
        }
        Part part = place.ofColumns(extent(roles.size(roles.columns()), plan.tile().panel(), place.column()));
        // One row at a time, as wide as a panel: enough independent sums, and B is read but once.
        Tile wide = new Tile(1, plan.tile().panel(), plan.tile().panel(), plan.tile().block());
        boolean few = hasFewRows();
        boolean narrow = roles.columns().isEmpty() || roles.size(roles.columns()).isFixed() && roles.size(roles.columns()).size() <= NARROW;
        boolean inPlace = roles.columns().isEmpty() || roles.bByColumn() && (narrow || few);
        if (!inPlace && roles.bByColumn() && !roles.size(roles.rows()).isFixed()) {
            choose(areFew(rowCount), () -> tiles(part, wide, false), () -> tiles(part, plan.tile(), true));
        } else {
            tiles(part, inPlace && few && !narrow ? wide : plan.tile(), !inPlace);
        }
    }

    /// B lies as it is read.
    private void panels(Part place) {
        Dim rows = roles.size(roles.rows());
        Dim columns = roles.size(roles.columns());
        Runnable few = () -> tiles(place.ofColumns(extent(columns, plan.wide(), place.column())), plan.ofFewRows(), false);
        Runnable many = () -> tiles(place.ofColumns(extent(columns, plan.tile().panel(), place.column())), plan.tile(), false);
        if (rows.isFixed()) {
            (hasFewRows() ? few : many).run();
        } else {
            choose(areFew(rowCount), few, many);
        }
    }

    /// Whether so few rows are known to be there that packing B does not pay.
    private boolean hasFewRows() {
        Dim rows = roles.size(roles.rows());
        return rows.isFixed() && rows.size() < ContractionPlan.FEW_ROWS;
    }

    /// The same, asked at run time.
    private static Expr areFew(Expr rows) {
        return new Binary(BinaryOp.LESS, rows, Expr.i32(ContractionPlan.FEW_ROWS));
    }

    void choose(Expr condition, Runnable then, Runnable otherwise) {
        nest.open(true);
        then.run();
        List<Stmt> first = nest.close();
        nest.open(true);
        otherwise.run();
        nest.add(new Stmt.If(condition, first, nest.close()));
    }

    private void tiles(Part part, Tile cut, boolean pack) {
        chunks(new Tiles(this, part, cut, pack, Math.min(cut.block(), plan.block())));
    }

    /// All chunks of the contracted axis, the first of which starts the sums.
    void chunks(ContractionForm form) {
        Dim size = roles.contracted();
        Expr chunk = Expr.i32(Labels.CHUNK);
        if (size.isFixed() && size.size() <= 2 * Labels.CHUNK) {
            int first = Math.min(size.size(), Labels.CHUNK);
            boolean one = first == size.size();
            chunk(form, new Chunk(Index.ZERO, Expr.i32(first), true, one));
            if (!one) {
                chunk(form, new Chunk(Index.of(Labels.CHUNK), Expr.i32(size.size() - first), false, true));
            }
            return;
        }
        Expr end = nest.dim(size);
        Runnable several = () -> {
            chunk(form, new Chunk(Index.ZERO, chunk, true, false));
            Variable from = nest.open("c", size, Expr.i32(size.isFixed() ? size.size() / Labels.CHUNK : 1));
            Expr count = nest.let("count", Nest.min(new Binary(BinaryOp.SUBTRACT, end, Expr.read(from)), chunk));
            chunk(form, new Chunk(Index.of(from), count, false, false));
            List<Stmt> body = nest.close();
            nest.add(new Stmt.For(from, chunk, end, Labels.CHUNK, body));
            form.epilogue();
        };
        if (size.isFixed()) {
            several.run();
        } else {
            choose(new Binary(BinaryOp.LESS, chunk, end), several, () -> chunk(form, new Chunk(Index.ZERO, end, true, true)));
        }
    }

    private void chunk(ContractionForm form, Chunk chunk) {
        form.prepare(chunk);
        boolean inRegisters = switch (epilogue) {
            case TILES -> true;
            case ROWS -> form.goesByRow();
            case BLOCK -> false;
        };
        form.rows(chunk, chunk.last() && inRegisters);
        if (chunk.last() && !inRegisters) {
            form.epilogue();
        }
    }

    Expr load(Buffer buffer, Index index) {
        return nest.let("x", new Expr.Load(buffer, nest.expr(index)));
    }

    /// Scratch for one purpose: the ways through a kernel share it.
    Buffer scratch(String purpose, int size) {
        return scratch(purpose, type, size);
    }

    Buffer scratch(String purpose, ElementType element, int size) {
        return scratch.computeIfAbsent(new Purpose(purpose, size), _ -> draft.formals.scratch(element, size));
    }
}
