package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import nnet.compiler.fuse.Cluster;
import nnet.compiler.fuse.Need;
import nnet.compiler.loop.Buffer;
import nnet.compiler.loop.Expr;
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.loop.Stmt;
import nnet.compiler.loop.Stmt.Combine;
import nnet.compiler.loop.Variable;
import nnet.compiler.tensor.ArgMax;
import nnet.compiler.tensor.Concatenate;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Max;
import nnet.compiler.tensor.Sum;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;
import nnet.compiler.type.ElementType;

/// Row after row: stages of maps and reductions over the axes behind the rows (softmax, layer norm, a loss and its gradient). What a later stage needs of
/// an earlier one waits in scratch for one row, in a local if it is one number.
final class RowKernel {

    /// The contract: shorter sums (of a size known to the compiler) go one after the other.
    private static final int SHORT = 32;
    /// Parts of a row that are computed in one loop, at most: more would make it too large.
    private static final int SIDE_BY_SIDE = 4;

    private final Draft draft;
    private final int rows;
    private final List<Stage> stages = new ArrayList<>();
    private final Map<Value, Stage> stageOf = new HashMap<>();

    /// Roots that are computed in one loop over the same inner axes, or one reduction.
    private record Stage(boolean reduction, List<Dim> inner, List<Value> roots) {
    }

    private RowKernel(Cluster cluster, Draft.Memory memory) {
        draft = new Draft(cluster, memory);
        rows = cluster.rows().size();
    }

    static KernelCall lower(Cluster cluster, Draft.Memory memory, String name) {
        RowKernel kernel = new RowKernel(cluster, memory);
        cluster.roots().forEach(kernel::schedule);
        int inner = cluster.roots().stream().mapToInt(kernel::innerSize).max().orElse(1);
        Map<Value, Place> scratch = kernel.scratch();
        Expr extent = RowLoops.emit(kernel.draft.nest, cluster.rows(), FlatKernel.rowsFor(Dim.of(inner), FlatKernel.BLOCK),
                row -> kernel.stages.forEach(stage -> kernel.emit(stage, row, scratch)));
        return kernel.draft.finish(name, extent);
    }

    private int innerSize(Value root) {
        return innerDims(root).stream().mapToInt(dim -> dim.isFixed() ? dim.size() : 64)
                .reduce(1, (a, b) -> Math.min(1 << 20, a * b));
    }

    /// Puts a root into the first stage that runs over the same elements and not before what the root needs.
    private void schedule(Value root) {
        Equation equation = draft.definition(root);
        List<Dim> inner = innerDims(root);
        boolean reduction = isReduction(equation) || isJoined(root);
        int first = 0;
        for (Need need : draft.needs(root)) {
            Stage stage = stageOf.get(need.root());
            boolean together = !reduction && !stage.reduction && stage.inner.equals(inner) && need.isAligned(root);
            first = Math.max(first, stages.indexOf(stage) + (together ? 0 : 1));
        }
        Stage chosen = reduction
                ? null
                : stages.subList(first, stages.size()).stream()
                        .filter(stage -> !stage.reduction && stage.inner.equals(inner)).findFirst().orElse(null);
        if (chosen == null) {
            chosen = new Stage(reduction, inner, new ArrayList<>());
            stages.add(chosen);
        }
        chosen.roots.add(root);
        stageOf.put(root, chosen);
    }

    private static boolean isReduction(Equation equation) {
        return equation.op() instanceof Sum || equation.op() instanceof Max || equation.op() instanceof ArgMax;
    }

    /// Whether the root is made of parts behind the rows, each of which has a loop of its own.
    private boolean isJoined(Value root) {
        return draft.definition(root).op() instanceof Concatenate joined && joined.axis() >= rows;
    }

    /// One row of scratch for each root that only this kernel needs, in a later stage.
    private Map<Value, Place> scratch() {
        Map<Value, Place> result = new HashMap<>();
        for (Value user : draft.cluster.roots()) {
            for (Need need : draft.needs(user)) {
                Value root = need.root();
                if (!draft.isStored(root) && stageOf.get(root) != stageOf.get(user) && !isNumber(root) && !result.containsKey(root)) {
                    Buffer buffer = draft.formals.scratch(root.type().element(), innerSize(root));
                    result.put(root, Place.rowOf(buffer, root.shape(), rows));
                }
            }
        }
        return result;
    }

    private boolean isNumber(Value root) {
        return innerDims(root).stream().allMatch(Dim.ONE::equals);
    }

    private List<Dim> innerDims(Value root) {
        return root.shape().dims().subList(rows, root.shape().rank());
    }

    private void emit(Stage stage, List<Index> row, Map<Value, Place> scratch) {
        Value first = stage.roots.getFirst();
        if (isJoined(first)) {
            join(first, row, scratch);
        } else if (stage.reduction && reducesLastAxis(first)) {
            loops(stage.inner, row, new ArrayList<>(), indices -> finish(stage, indices, scratch, reduce(first, indices)));
        } else {
            RowLoops.over(draft.nest, stage.inner, inner -> {
                List<Index> indices = new ArrayList<>(row);
                indices.addAll(inner);
                for (Value root : stage.roots) {
                    draft.elements.known(root, indices, draft.elements.compute(root, indices));
                }
                stage.roots.forEach(root -> store(root, indices, scratch));
            });
        }
        for (Value root : stage.roots) {
            if (!isNumber(root)) {
                Place place = draft.isStored(root) ? draft.read(root) : scratch.get(root);
                if (place != null) {
                    draft.elements.placed(root, place);
                }
            }
        }
    }

    /// Parts of one size are computed side by side: what several of them are made of is computed but once, like the slopes of the gates of a recurrent layer.
    private void join(Value root, List<Index> row, Map<Value, Place> scratch) {
        int axis = ((Concatenate) draft.definition(root).op()).axis();
        Place place = draft.isStored(root) ? draft.target(root) : scratch.get(root);
        List<Value> parts = draft.definition(root).operands();
        boolean areAlike = parts.size() <= SIDE_BY_SIDE && parts.stream().map(this::innerDims).distinct().count() == 1;
        int start = 0;
        for (List<Value> group : areAlike ? List.of(parts) : parts.stream().map(List::of).toList()) {
            int from = start;
            int size = group.getFirst().shape().dim(axis).size();
            RowLoops.over(draft.nest, innerDims(group.getFirst()), inner -> {
                List<Index> indices = new ArrayList<>(row);
                indices.addAll(inner);
                List<Expr> elements = group.stream().map(part -> draft.elements.at(part, indices)).toList();
                for (int i = 0; i < elements.size(); i++) {
                    Index at = indices.get(axis).plus(from + i * size);
                    draft.nest.store(place.buffer(), place.offset(Movement.replace(indices, axis, at)), elements.get(i));
                }
            });
            start += group.size() * size;
        }
    }

    private void finish(Stage stage, List<Index> indices, Map<Value, Place> scratch, Expr value) {
        Value root = stage.roots.getFirst();
        draft.elements.known(root, indices, value);
        store(root, indices, scratch);
    }

    private void store(Value root, List<Index> indices, Map<Value, Place> scratch) {
        Place place = draft.isStored(root) ? draft.target(root) : scratch.get(root);
        if (place != null) {
            draft.nest.store(place.buffer(), place.offset(indices), draft.elements.at(root, indices));
        }
    }

    /// Plain loops over all axes.
    private void loops(List<Dim> dims, List<Index> row, List<Index> inner, Consumer<List<Index>> body) {
        if (inner.size() == dims.size()) {
            List<Index> all = new ArrayList<>(row);
            all.addAll(inner);
            body.accept(all);
            return;
        }
        Dim size = dims.get(inner.size());
        List<Index> deeper = new ArrayList<>(inner);
        if (size.equals(Dim.ONE)) {
            // No loop: the single element is known to what follows.
            deeper.add(Index.ZERO);
            loops(dims, row, deeper, body);
            return;
        }
        Variable index = draft.nest.open("i", size);
        deeper.add(Index.of(index));
        loops(dims, row, deeper, body);
        List<Stmt> statements = draft.nest.close();
        draft.nest.add(new Stmt.For(index, Expr.i32(0), draft.nest.dim(size), 1, statements));
    }

    private boolean reducesLastAxis(Value root) {
        Equation equation = draft.definition(root);
        int last = equation.operands().getFirst().shape().rank() - 1;
        if (draft.elements.holdsTaps(equation.operands().getFirst())) {
            return false;
        }
        return switch (equation.op()) {
            case Sum sum -> sum.axes().equals(List.of(last));
            case Max max -> max.axes().equals(List.of(last));
            default -> false;
        };
    }

    private Expr reduce(Value root, List<Index> indices) {
        Nest nest = draft.nest;
        Equation equation = draft.definition(root);
        Value operand = equation.operands().getFirst();
        Dim size = operand.shape().dims().getLast();
        Variable result = nest.declare("r", root.type().element());
        Variable index = nest.open("j", size);
        List<Index> element = new ArrayList<>(indices);
        element.add(Index.of(index));
        Expr value = draft.elements.at(operand, element);
        List<Stmt> body = nest.close();
        boolean sum = equation.op() instanceof Sum;
        nest.add(new Stmt.Reduce(result, sum ? Combine.SUM : Combine.MAX, index, Expr.i32(0), nest.dim(size), lanes(operand, sum), body,
                value));
        return Expr.read(result);
    }

    private static int lanes(Value operand, boolean sum) {
        ElementType type = operand.type().element();
        int lanes = type == ElementType.F64 ? 8 : 16;
        // A maximum is the same in any order; lanes pay where they are filled once.
        return !type.isFloating() || isShort(operand.shape().dims().getLast(), sum ? SHORT : lanes) ? 1 : lanes;
    }

    private static boolean isShort(Dim size, int limit) {
        return size.isFixed() && size.size() < limit;
    }
}
