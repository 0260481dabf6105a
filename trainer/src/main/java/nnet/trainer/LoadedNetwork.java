package nnet.trainer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import nnet.compiler.Compiler;
import nnet.compiler.Journey;
import nnet.compiler.Texts;
import nnet.compiler.check.Checked;
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
        int lanes = Vectors.ofThisMachine();
        return compile(texts, Target.all().stream().filter(target -> target.lanes() == 1 || target.lanes() == lanes).toList(), journey);
    }

    /// Compiles for some kinds of machines and loads the classes.
    public static Outcome compile(Texts texts, List<Target> targets, Journey journey) {
        Compiler compiler = new Compiler(journey);
        Checked checked = compiler.check(texts);
        if (checked.model().isEmpty()) {
            return new Outcome(Optional.empty(), checked.diagnostics());
        }
        Model model = checked.model().get();
        Map<String, byte[]> classes = ClassCache.ofUser().classes(texts, targets,
                () -> compiler.classes(model, compiler.graphs(model), targets));
        String name = model.packageName().map(prefix -> prefix + ".").orElse("") + model.name();
        MemoryClasses loader = new MemoryClasses(classes, Network.class.getClassLoader());
        try {
            Class<?> type = loader.loadClass(name);
            return new Outcome(Optional.of(new LoadedNetwork(model, type, checked.diagnostics())), checked.diagnostics());
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException("the compiler made no class " + name, missing);
        }
    }

    /// A network with parameters drawn by seed.
    public Network create(long seed) {
        return Network.create(type, seed);
    }
}
