package nnet.compiler.lower;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import nnet.compiler.fuse.Cluster;
import nnet.compiler.fuse.Fuse;
import nnet.compiler.fuse.Fused;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.loop.LoopProgram.Storage;
import nnet.compiler.schedule.Target;
import nnet.compiler.tensor.Equation;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Value;
import nnet.compiler.type.Dim;

/// From a batched, optimised tensor graph to kernels. Tensors and equations disappear; buffers and loops appear. The kernels that there are, and the
/// storages, do not depend on the target: only the loops inside of kernels do.
public final class Lower {

    private final Fused fused;
    private final Target target;
    private final Storages storages;
    private final Draft.Memory memory;

    private Lower(Fused fused, Target target) {
        this.fused = fused;
        this.target = target;
        storages = Storages.of(fused);
        memory = new Draft.Memory(fused, symbols(fused.graph()), fused.definitions(), storages.places);
    }

    public static LoopProgram lower(Graph graph, Target target) {
        return kernels(Fuse.fuse(graph), target);
    }

    /// Lowers clusters that `fuse` has made.
    public static LoopProgram kernels(Fused fused, Target target) {
        Lower lower = new Lower(fused, target);
        List<KernelCall> calls = new ArrayList<>();
        fused.clusters().forEach(cluster -> calls.add(lower.kernel(cluster)));
        lower.storages.copies.forEach((value, home) -> calls.add(lower.copy(value, home)));
        return new LoopProgram(fused.graph().name(), lower.memory.symbols(), lower.storages.all, calls);
    }

    private KernelCall kernel(Cluster cluster) {
        return switch (cluster.kind()) {
            case FLAT -> FlatKernel.lower(cluster, memory, "map");
            case ROWS -> RowKernel.lower(cluster, memory, "rows");
            case CONTRACTION -> ContractionKernel.lower(cluster, memory, target);
            case SINGLE -> SingleKernel.lower(cluster, memory);
        };
    }

    private KernelCall copy(Value value, Storage home) {
        return CopyKernel.lower(memory.symbols(), storages.places.get(value), home, value.span());
    }

    /// All symbols of the graph; `batch` first, where there is one.
    private static List<String> symbols(Graph graph) {
        Set<String> symbols = new LinkedHashSet<>();
        for (Graph.Input input : graph.inputs()) {
            input.value().shape().dims().stream().map(Dim::symbols).forEach(symbols::addAll);
        }
        for (Equation equation : graph.equations()) {
            equation.results().forEach(value -> value.shape().dims().stream().map(Dim::symbols).forEach(symbols::addAll));
            if (equation.op() instanceof nnet.compiler.tensor.Size size) {
                symbols.addAll(size.dim().symbols());
            }
        }
        List<String> ordered = new ArrayList<>(symbols);
        if (ordered.remove("batch")) {
            ordered.addFirst("batch");
        }
        return List.copyOf(ordered);
    }
}
