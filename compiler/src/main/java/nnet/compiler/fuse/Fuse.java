package nnet.compiler.fuse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nnet.compiler.tensor.ArgMax;
import nnet.compiler.tensor.Contraction;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Max;
import nnet.compiler.tensor.Reshape;
import nnet.compiler.tensor.Sum;
import nnet.compiler.tensor.Transpose;
import nnet.compiler.tensor.Value;
import nnet.compiler.tensor.Window;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;

/// Partitions a graph into clusters, greedily: each root joins the earliest cluster that it fits into, not before the clusters that it depends on. Since
/// clusters run in the order of their creation, no cycle can arise.
public final class Fuse {

    /// How far behind its operands a root looks for a cluster to join: keeps the pass linear.
    private static final int WINDOW = 8;
    /// Up to this many elements, work is not worth sharing among threads.
    private static final int SMALL = 1024;

    /// A cluster that still grows.
    private static final class Open {
        final Cluster.Kind kind;
        List<Dim> rows;
        boolean flat;
        final List<Value> roots = new ArrayList<>();
        /// No more rows than this: a root sums along the axis behind.
        int rowLimit = Integer.MAX_VALUE;

        Open(Cluster.Kind kind, List<Dim> rows) {
            this.kind = kind;
            this.rows = rows;
            this.flat = kind == Cluster.Kind.FLAT;
        }
    }

    /// What waits between the stages of one row lies in scratch, up to this many elements.
    private static final int SCRATCH = 16384;

    private final Map<Value, Equation> definitions = new HashMap<>();
    private final Map<Value, Set<Need>> needs = new HashMap<>();
    private final Map<Value, List<Value>> users = new HashMap<>();
    private final Map<Value, Integer> positions = new HashMap<>();
    private final List<Open> clusters = new ArrayList<>();
    private final Set<Value> roots;
    private final Set<Value> early;

    private Fuse(Roots analysis) {
        roots = analysis.all();
        early = analysis.early();
    }

    public static Fused fuse(Graph source) {
        Graph graph = Canonical.of(source);
        Fuse fuse = new Fuse(Roots.of(graph));
        for (Equation equation : graph.equations()) {
            equation.results().forEach(result -> fuse.definitions.put(result, equation));
            fuse.needs(equation);
        }
        for (Equation equation : graph.equations()) {
            List<Value> computed = equation.results().stream().filter(fuse.roots::contains).toList();
            if (!computed.isEmpty()) {
                fuse.place(equation, computed);
            }
        }
        return new Fused(graph, fuse.close(graph), fuse.needs);
    }

    private void needs(Equation equation) {
        Set<Need> result = new LinkedHashSet<>();
        for (int i = 0; i < equation.operands().size(); i++) {
            Value operand = equation.operands().get(i);
            List<Integer> axes = Axes.toResult(equation, i);
            if (roots.contains(operand) || !definitions.containsKey(operand)) {
                result.add(new Need(operand, axes));
            } else {
                needs.getOrDefault(operand, Set.of()).forEach(need -> result.add(new Need(need.root(), Axes.then(need.axes(), axes))));
            }
        }
        equation.results().forEach(value -> {
            needs.put(value, result);
            if (roots.contains(value)) {
                result.forEach(need -> users.computeIfAbsent(need.root(), _ -> new ArrayList<>()).add(value));
            }
        });
    }

    private void place(Equation equation, List<Value> results) {
        Value root = results.getFirst();
        int first = needs.get(root).stream().mapToInt(need -> positions.getOrDefault(need.root(), -1)).max().orElse(-1);
        int start = early.contains(root) ? first : Math.max(first, clusters.size() - WINDOW);
        for (int position = Math.max(0, start); position < clusters.size(); position++) {
            if (results.size() == 1 && accepts(position, equation, root)) {
                clusters.get(position).roots.add(root);
                positions.put(root, position);
                return;
            }
        }
        Open created = create(equation, root);
        created.roots.addAll(results);
        results.forEach(result -> positions.put(result, clusters.size()));
        clusters.add(created);
    }

    private Open create(Equation equation, Value root) {
        List<Dim> dims = root.shape().dims();
        if (Roots.isMap(equation) || isColumn(equation)) {
            Open open = new Open(Cluster.Kind.FLAT, dims);
            open.rowLimit = isColumn(equation) ? axis(equation) : Integer.MAX_VALUE;
            return open;
        }
        return switch (equation.op()) {
            case Sum _,Max _,ArgMax _ -> new Open(Cluster.Kind.ROWS, dims);
            case Contraction _ -> new Open(Cluster.Kind.CONTRACTION, dims);
            default -> new Open(Cluster.Kind.SINGLE, List.of());
        };
    }

    private boolean accepts(int position, Equation equation, Value root) {
        Open cluster = clusters.get(position);
        List<Need> local = needs.get(root).stream().filter(need -> positions.getOrDefault(need.root(), -1) == position).toList();
        boolean aligned = local.stream().allMatch(need -> need.isAligned(root));
        return switch (cluster.kind) {
            case SINGLE -> false;
            case CONTRACTION -> Roots.isMap(equation) && aligned && root.shape().dims().equals(cluster.rows)
                    && (!local.isEmpty() || meets(cluster, root));
            case FLAT, ROWS -> acceptsFlat(cluster, equation, root, local, aligned) || acceptsRows(cluster, equation, root, local);
        };
    }

    /// Whether the root is about to meet what the cluster computes, element by element (a dropout mask and the activations).
    private boolean meets(Open cluster, Value root) {
        return users.getOrDefault(root, List.of()).stream().anyMatch(user -> isAligned(user, root) && Roots.isMap(definitions.get(user))
                && cluster.roots.stream().anyMatch(other -> needs.get(user).stream().anyMatch(need -> need.root().equals(other))
                        && isAligned(user, other)));
    }

    private boolean isAligned(Value user, Value root) {
        return needs.get(user).stream().filter(need -> need.root().equals(root)).allMatch(need -> need.isAligned(user));
    }

    private boolean acceptsFlat(Open cluster, Equation equation, Value root, List<Need> local, boolean aligned) {
        boolean fits = cluster.flat && aligned && root.shape().dims().equals(cluster.rows)
                && (Roots.isMap(equation) || isColumn(equation))
                && (!local.isEmpty() || sameLoops(equation, definitions.get(cluster.roots.getFirst())));
        if (fits && isColumn(equation)) {
            cluster.rowLimit = Math.min(cluster.rowLimit, axis(equation));
        }
        return fits;
    }

    /// Roots that do not need each other share a kernel if they run over the same elements.
    private boolean sameLoops(Equation one, Equation other) {
        return Roots.isMap(one) && Roots.isMap(other)
                || isColumn(one) && isColumn(other) && axis(one) == axis(other)
                        && one.operands().getFirst().shape().equals(other.operands().getFirst().shape());
    }

    private boolean acceptsRows(Open cluster, Equation equation, Value root, List<Need> local) {
        if (local.isEmpty() && !readsTheSameRows(cluster, root) || !(Roots.isMap(equation) || Roots.isReduction(equation.op()))) {
            return false;
        }
        int limit = Math.min(cluster.rowLimit, Roots.isReduction(equation.op()) ? axis(equation) : Integer.MAX_VALUE);
        int rows = 0;
        while (rows < Math.min(limit, Math.min(cluster.rows.size(), root.shape().rank()))
                && cluster.rows.get(rows).equals(root.shape().dim(rows))) {
            rows++;
        }
        while (!keepAll(local, rows)) {
            rows--;
        }
        List<Dim> shared = cluster.rows.subList(0, rows);
        if (!worthwhile(shared, cluster, equation)) {
            return false;
        }
        cluster.rows = shared;
        cluster.flat = false;
        cluster.rowLimit = limit;
        return true;
    }

    /// Whether the root reads, row by row, what the cluster reads anyway.
    private boolean readsTheSameRows(Open cluster, Value root) {
        int rows = cluster.rows.size();
        return !cluster.flat && rows > 0 && root.shape().rank() >= rows && root.shape().dims().subList(0, rows).equals(cluster.rows)
                && needs.get(root).stream().anyMatch(need -> Axes.keepsRows(need.axes(), rows)
                        && cluster.roots.stream().anyMatch(other -> needs.get(other).stream().anyMatch(need::equals)));
    }

    private static boolean keepAll(List<Need> needs, int rows) {
        return needs.stream().allMatch(need -> Axes.keepsRows(need.axes(), rows));
    }

    /// Rows must leave enough to share among threads, unless everything is small.
    private static boolean worthwhile(List<Dim> rows, Open cluster, Equation equation) {
        Dim count = new Shape(rows).size();
        return !count.isFixed() || count.size() >= 64
                || cluster.roots.stream().allMatch(Fuse::isSmall) && equation.operands().stream().allMatch(Fuse::isSmall)
                        && isSmall(equation.results().getFirst());
    }

    private static boolean isSmall(Value value) {
        return value.shape().isFixed() && value.shape().size().size() <= SMALL;
    }

    /// A reduction along another axis than the last, or over the taps of small windows: one accumulator for each element, next to each other.
    private boolean isColumn(Equation equation) {
        return Roots.isReduction(equation.op())
                && (axis(equation) < equation.operands().getFirst().shape().rank() - 1 || isWindow(equation.operands().getFirst()));
    }

    /// Whether the last axis holds few taps of windows, with nothing but movement between.
    private boolean isWindow(Value value) {
        Dim last = value.shape().dims().getLast();
        return last.isFixed() && last.size() <= Canonical.LARGEST_WINDOW && !roots.contains(value) && isMadeOfWindows(value);
    }

    private boolean isMadeOfWindows(Value value) {
        Equation equation = definitions.get(value);
        return equation != null && (equation.op() instanceof Window
                || (equation.op() instanceof Transpose || equation.op() instanceof Reshape)
                        && isMadeOfWindows(equation.operands().getFirst()));
    }

    private static int axis(Equation equation) {
        return switch (equation.op()) {
            case Sum sum -> sum.axes().getFirst();
            case Max max -> max.axes().getFirst();
            case ArgMax argMax -> argMax.axis();
            default -> throw new IllegalArgumentException(equation.op().mnemonic() + " is no reduction");
        };
    }

    private List<Cluster> close(Graph graph) {
        Set<Value> stored = new HashSet<>();
        graph.outputs().forEach(output -> stored.add(output.value()));
        for (Value root : positions.keySet()) {
            needs.get(root).stream().map(Need::root).filter(need -> !positions.get(root).equals(positions.get(need))).forEach(stored::add);
        }
        return clusters.stream().map(open -> {
            Cluster.Kind kind = open.kind == Cluster.Kind.FLAT && !open.flat ? Cluster.Kind.ROWS : open.kind;
            return new Cluster(kind, open.rows, open.roots,
                    open.roots.stream().filter(root -> stored.contains(root) || kind == Cluster.Kind.ROWS && isLong(root, open.rows.size()))
                            .toList());
        }).toList();
    }

    /// Whether one row of the value is too long for scratch, or of a length that only the running program knows.
    private static boolean isLong(Value root, int rows) {
        Dim row = new Shape(root.shape().dims().subList(rows, root.shape().rank())).size();
        return !row.isFixed() || row.size() > SCRATCH;
    }
}
