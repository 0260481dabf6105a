package nnet.trainer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import nnet.compiler.Compiler;
import nnet.compiler.Journey;
import nnet.compiler.Texts;
import nnet.compiler.check.Checked;
import nnet.compiler.fuse.Fused;
import nnet.compiler.model.Model;
import nnet.compiler.schedule.Target;
import nnet.compiler.source.Diagnostic;
import nnet.runtime.Network;
import nnet.runtime.Vectors;

/// A network compiled in memory and loaded into this JVM.
public record LoadedNetwork(Model model, Class<?> type, List<Diagnostic> warnings) {

    /// What came of trying: the network, or what is wrong with its source.
    public record Outcome(Optional<LoadedNetwork> network, List<Diagnostic> diagnostics) {
    }

    /// Compiles for this machine, in scalar form and in the vector form that this JVM uses, and loads the classes.
    public static Outcome compile(Texts texts, Journey journey) {
        return compile(texts, journey, _ -> {
        });
    }

    /// The same for somebody who looks at the network before it is compiled.
    public static Outcome compile(Texts texts, Journey journey, Consumer<Model> look) {
        int lanes = Vectors.ofThisMachine();
        return compile(texts, Target.all().stream().filter(target -> target.lanes() == 1 || target.lanes() == lanes).toList(), journey,
                look);
    }

    /// Compiles for some kinds of machines and loads the classes. Kernels for others than the first are compiled when they are first needed, which is never for small
    /// networks and short trainings, and in the background for all others.
    public static Outcome compile(Texts texts, List<Target> targets, Journey journey) {
        return compile(texts, targets, journey, _ -> {
        });
    }

    private static Outcome compile(Texts texts, List<Target> targets, Journey journey, Consumer<Model> look) {
        Checked checked = new Compiler(journey).check(texts);
        if (checked.model().isEmpty()) {
            return new Outcome(Optional.empty(), checked.diagnostics());
        }
        Model model = checked.model().get();
        look.accept(model);
        KernelsLater kernels = new KernelsLater(model);
        ClassCache cache = ClassCache.ofUser();
        Map<String, byte[]> classes = cache.classes(texts, targets, "", () -> kernels.beginning(targets, journey));
        Map<String, Supplier<byte[]>> later = new HashMap<>();
        for (Target target : targets.subList(1, targets.size())) {
            String kernelClass = Compiler.kernelClass(model, target);
            later.put(kernelClass, () -> cache.classes(texts, targets, kernelClass, () -> kernels.of(target)).get(kernelClass));
        }
        String name = Compiler.className(model);
        MemoryClasses loader = new MemoryClasses(classes, later, Network.class.getClassLoader());
        try {
            Class<?> type = loader.loadClass(name);
            return new Outcome(Optional.of(new LoadedNetwork(model, type, checked.diagnostics())), checked.diagnostics());
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException("the compiler made no class " + name, missing);
        }
    }

    /// The way from a model to kernels, of which the first half is gone once for all targets, and not at all where the classes are in the cache.
    private static final class KernelsLater {
        private final Model model;
        private List<Fused> clusters;

        KernelsLater(Model model) {
            this.model = model;
        }

        Map<String, byte[]> beginning(List<Target> targets, Journey journey) {
            Compiler compiler = new Compiler(journey);
            return compiler.beginning(model, clusters(compiler), targets);
        }

        /// Nobody watches: who asked for the journey has arrived long ago.
        Map<String, byte[]> of(Target target) {
            Compiler compiler = new Compiler(Journey.SILENT);
            return compiler.kernels(model, clusters(compiler), target);
        }

        private synchronized List<Fused> clusters(Compiler compiler) {
            if (clusters == null) {
                clusters = compiler.fused(compiler.graphs(model));
            }
            return clusters;
        }
    }

    /// A network with parameters drawn by seed.
    public Network create(long seed) {
        return Network.create(type, seed);
    }
}
