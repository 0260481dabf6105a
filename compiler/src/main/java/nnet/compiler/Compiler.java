package nnet.compiler;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import nnet.compiler.advance.Advance;
import nnet.compiler.check.Checked;
import nnet.compiler.differentiate.Differentiate;
import nnet.compiler.elaborate.Elaborate;
import nnet.compiler.emit.Description;
import nnet.compiler.emit.KernelClass;
import nnet.compiler.emit.NetworkClass;
import nnet.compiler.expand.Expand;
import nnet.compiler.fuse.Fuse;
import nnet.compiler.fuse.Fused;
import nnet.compiler.loop.Kernel;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.lower.Lower;
import nnet.compiler.lower.Repertoire;
import nnet.compiler.model.Model;
import nnet.compiler.model.Recipe;
import nnet.compiler.optimise.Optimise;
import nnet.compiler.plan.Plan;
import nnet.compiler.schedule.Target;
import nnet.compiler.settle.Settle;
import nnet.compiler.tensor.Batch;
import nnet.compiler.tensor.Graph;
import nnet.compiler.type.Dim;

/// From text to class bytes. The whole journey is on this page; each line of it is a pass in a package of its own.
public final class Compiler {

    public static final String VERSION = "0.1.0";

    /// The dimension over which examples lie side by side.
    private static final Dim BATCH = Dim.symbol("batch");

    private final Journey journey;

    public Compiler(Journey journey) {
        this.journey = journey;
    }

    /// source to classes.
    public Compilation compile(Texts texts, List<Target> targets) {
        Checked checked = check(texts);
        if (checked.model().isEmpty()) {
            return new Compilation(Optional.empty(), Map.of(), checked.diagnostics());
        }
        Model model = checked.model().get();
        return new Compilation(checked.model(), classes(model, graphs(model), targets), checked.diagnostics());
    }

    /// source to syntax to model.
    public Checked check(Texts texts) {
        return new Reading(journey).check(texts);
    }

    /// model to tensor: the programs of a network, in the order in which kernel classes number them.
    public List<Graph> graphs(Model model) {
        List<Graph> graphs = new ArrayList<>();
        graphs.add(optimised(elaborated("initialize", () -> Elaborate.initialize(model))));
        examples(model, "", graphs);
        model.recipe().ifPresent(recipe -> training(recipe, graphs));
        model.shorter().forEach(form -> examples(form, form.suffix(), graphs));
        next(model).ifPresent(next -> graphs.add(optimised(batched(next))));
        return settled(graphs);
    }

    /// What predictions compute from the weights alone becomes a program of its own. Nothing rewrites these graphs afterwards, so matrices keep their layout.
    private List<Graph> settled(List<Graph> graphs) {
        Settle settle = new Settle();
        List<Graph> all = new ArrayList<>();
        for (Graph graph : graphs) {
            all.add(predicts(graph) ? journey.pass("settle", graph.name(), () -> settle.predict(graph)) : graph);
        }
        settle.program().ifPresent(program -> all.add(journey.pass("settle", program.name(), () -> program)));
        return all;
    }

    /// Whether a program runs with weights that no longer change; all forms of `infer` do.
    private static boolean predicts(Graph graph) {
        return graph.name().equals(Advance.PROGRAM) || graph.name().startsWith("infer");
    }

    /// What is done with examples: it comes once for each form of a network whose sequences have a length known only at run time.
    private void examples(Model model, String form, List<Graph> graphs) {
        graphs.add(optimised(batched(elaborated("infer" + form, () -> Elaborate.infer(model)))));
        model.recipe().ifPresent(recipe -> {
            graphs.add(optimised(batched(elaborated("evaluate" + form, () -> Elaborate.evaluate(recipe)))));
            graphs.add(optimised(differentiated(model, simplified(batched(elaborated("gradient" + form, () -> Elaborate.train(recipe)))))));
        });
    }

    /// The program that goes on with a sequence by one token, of a network that says what comes next.
    private Optional<Graph> next(Model model) {
        return model.saysWhatComesNext()
                ? journey.pass("advance", Advance.PROGRAM, () -> Advance.advance(Elaborate.infer(model)))
                : Optional.empty();
    }

    private void training(Recipe recipe, List<Graph> graphs) {
        graphs.add(optimised(elaborated("prepare", () -> Elaborate.prepare(recipe))));
        graphs.add(optimised(elaborated("update", () -> Elaborate.update(recipe))));
        graphs.add(optimised(batched(elaborated("metrics", () -> Elaborate.metrics(recipe)))));
    }

    private Graph elaborated(String program, Supplier<Graph> work) {
        return journey.pass("elaborate", program, () -> work.get().named(program));
    }

    private Graph batched(Graph graph) {
        return journey.pass("batch", graph.name(), () -> Batch.batch(graph, BATCH));
    }

    /// Stable forms are found before differentiation, while a logarithm still meets its exponential, and what differentiation leaves is tidied after it.
    private Graph differentiated(Model model, Graph graph) {
        List<String> trainable = model.parameters().stream().filter(parameter -> parameter.trainable()).map(parameter -> parameter.path())
                .toList();
        return journey.pass("differentiate", graph.name(), () -> Differentiate.gradients(graph, "loss", trainable));
    }

    private Graph simplified(Graph graph) {
        return journey.pass("simplify", graph.name(), () -> Optimise.simplify(graph));
    }

    private Graph optimised(Graph graph) {
        return journey.pass("optimise", graph.name(), () -> Optimise.optimise(graph));
    }

    /// tensor to clusters, each of which becomes a kernel: the same for every kind of machine.
    public Fused fused(Graph graph) {
        return journey.pass("fuse", graph.name(), () -> Fuse.fuse(graph));
    }

    public List<Fused> fused(List<Graph> graphs) {
        return graphs.stream().map(this::fused).toList();
    }

    /// clusters to loop, for each kind of machine.
    public LinkedHashMap<Target, List<LoopProgram>> loops(List<Fused> programs, List<Target> targets) {
        Shared once = new Shared(Target.SCALAR);
        LinkedHashMap<Target, List<LoopProgram>> loops = new LinkedHashMap<>();
        for (Target target : targets) {
            Shared often = new Shared(target);
            loops.put(target, programs.stream().map(fused -> loops(fused, runsOnce(fused) ? once : often)).toList());
        }
        return loops;
    }

    private LoopProgram loops(Fused fused, Shared shared) {
        String unit = fused.graph().name() + "/" + shared.target.name();
        LoopProgram lowered = journey.pass("lower", unit, () -> Lower.kernels(fused, shared.lowered));
        LoopProgram expanded = journey.pass("expand", unit, () -> Expand.expand(lowered, shared.expanded));
        return journey.pass("plan", unit, () -> Plan.plan(expanded));
    }

    /// What the programs of a network share on one kind of machine: kernels that have been lowered, and expanded.
    private record Shared(Target target, Repertoire lowered, Map<Kernel, Kernel> expanded) {
        Shared(Target target) {
            this(target, new Repertoire(target), new IdentityHashMap<>());
        }
    }

    /// What runs once in the life of a network has one form in the kernel classes of all machines.
    private static boolean runsOnce(Fused fused) {
        return KernelClass.RUN_ONCE.contains(fused.graph().name());
    }

    /// loop to code to bytes: a kernel class for each target and the class that applications use.
    public Map<String, byte[]> classes(Model model, List<Graph> graphs, List<Target> targets) {
        LinkedHashMap<Target, List<LoopProgram>> programs = loops(fused(graphs), targets);
        return journey.pass("emit", model.name(), () -> NetworkClass.emit(Description.of(model, VERSION), programs));
    }

    /// The part of `classes` with which a network can begin: all but the kernel classes of other targets than the first, which are those of `kernels`.
    public Map<String, byte[]> beginning(Model model, List<Fused> clusters, List<Target> targets) {
        List<LoopProgram> programs = loops(clusters, targets.getFirst());
        return journey.pass("emit", model.name(), () -> NetworkClass.beginning(Description.of(model, VERSION), programs, targets));
    }

    /// The binary name of the class that applications use.
    public static String className(Model model) {
        return Description.of(model, VERSION).name();
    }

    /// The binary name of the kernel class of one target.
    public static String kernelClass(Model model, Target target) {
        return NetworkClass.kernelClass(Description.of(model, VERSION), target);
    }

    /// The kernel class of one target.
    public Map<String, byte[]> kernels(Model model, List<Fused> clusters, Target target) {
        List<LoopProgram> programs = loops(clusters, target);
        return journey.pass("emit", model.name(), () -> NetworkClass.kernels(Description.of(model, VERSION), programs, target));
    }

    private List<LoopProgram> loops(List<Fused> clusters, Target target) {
        return loops(clusters, List.of(target)).get(target);
    }
}
