package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nnet.compiler.fuse.Cluster;
import nnet.compiler.fuse.Fuse;
import nnet.compiler.fuse.Fused;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.loop.LoopProgram.Command;
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.schedule.Target;
import nnet.compiler.tensor.Concatenate;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Scan;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;

/// From a batched, optimised tensor graph to kernels. Tensors and equations disappear; buffers and loops appear. The kernels that there are, and the
/// storages, do not depend on the target: only the loops inside of kernels do.
public final class Lower {

    final Target target;
    final List<String> symbols;
    final Storages storages = new Storages();
    private final Repertoire repertoire;

    private Lower(Repertoire repertoire, List<String> symbols) {
        this.repertoire = repertoire;
        this.symbols = symbols;
        target = repertoire.target();
    }

    public static LoopProgram lower(Graph graph, Target target) {
        return kernels(Fuse.fuse(graph), new Repertoire(target));
    }

    /// Lowers clusters that `fuse` has made.
    ///
    /// @param repertoire kernels that there are already; those that are new are added
    public static LoopProgram kernels(Fused fused, Repertoire repertoire) {
        Lower lower = new Lower(repertoire, symbols(fused.graph()));
        Overwriting overwriting = new Overwriting(fused);
        List<Command> commands = lower.commands(fused, lower.storages.outside(fused, overwriting), overwriting, 0);
        return new LoopProgram(fused.graph().name(), lower.symbols, lower.storages.all(), commands);
    }

    /// The clusters of a graph in order, then what was written aside to where it belongs.
    ///
    /// @param depth loops around the graph
    List<Command> commands(Fused fused, Storages.Homes homes, Overwriting overwriting, int depth) {
        Map<Value, Equation> definitions = fused.definitions();
        Draft.Memory memory = new Draft.Memory(fused, symbols, definitions, homes.places(), new HashMap<>());
        List<Command> commands = new ArrayList<>();
        for (Cluster cluster : fused.clusters()) {
            Equation first = definitions.get(cluster.roots().getFirst());
            if (first.op() instanceof Scan scan) {
                commands.addAll(new ScanLoop(this, scan, first, Set.copyOf(cluster.roots()), homes.places(), depth).commands());
            } else {
                storages.place(cluster, homes, overwriting);
                commands.add(call(cluster, memory));
                memory.note(cluster);
            }
        }
        homes.copies().forEach((value, home) -> commands.add(copy(value, homes.places().get(value), home)));
        return commands;
    }

    /// Equal clusters have one kernel, which is lowered when the first of them is met.
    private KernelCall call(Cluster cluster, Draft.Memory memory) {
        Pattern.Instance instance = new Pattern.Instance(cluster, memory);
        return instance.call(repertoire.kernel(instance.pattern, () -> kernel(cluster, instance.numbered())));
    }

    private KernelCall kernel(Cluster cluster, Draft.Memory memory) {
        return switch (cluster.kind()) {
            case FLAT ->
                isJoined(cluster, memory) ? RowKernel.lower(byRows(cluster), memory, "join") : FlatKernel.lower(cluster, memory, "map");
            case ROWS -> RowKernel.lower(cluster, memory, "rows");
            case CONTRACTION -> ContractionKernel.lower(cluster, memory, target);
            case SINGLE -> SingleKernel.lower(cluster, memory, target);
        };
    }

    /// Whether the one thing to compute is made of parts along its last axis.
    private static boolean isJoined(Cluster cluster, Draft.Memory memory) {
        return cluster.roots().size() == 1 && memory.definitions().get(cluster.roots().getFirst()).op() instanceof Concatenate joined
                && joined.axis() == cluster.rows().size() - 1;
    }

    private static Cluster byRows(Cluster cluster) {
        return new Cluster(Cluster.Kind.ROWS, cluster.rows().subList(0, cluster.rows().size() - 1), cluster.roots(), cluster.stored());
    }

    KernelCall copy(Value value, Home from, Home to) {
        return CopyKernel.lower(symbols, from, to, value.shape().size(), value.span());
    }

    /// All symbols of the graph; `batch` first, where there is one.
    private static List<String> symbols(Graph graph) {
        Set<String> symbols = new LinkedHashSet<>();
        collect(graph, symbols);
        List<String> ordered = new ArrayList<>(symbols);
        if (ordered.remove("batch")) {
            ordered.addFirst("batch");
        }
        return List.copyOf(ordered);
    }

    private static void collect(Graph graph, Set<String> symbols) {
        for (Graph.Input input : graph.inputs()) {
            input.value().shape().dims().stream().map(Dim::symbols).forEach(symbols::addAll);
        }
        for (Equation equation : graph.equations()) {
            equation.results().forEach(value -> value.shape().dims().stream().map(Dim::symbols).forEach(symbols::addAll));
            switch (equation.op()) {
                case nnet.compiler.tensor.Size size -> symbols.addAll(size.dim().symbols());
                case Scan scan -> collect(scan.body(), symbols);
                default -> {
                }
            }
        }
    }
}
