package nnet.compiler.lower;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import nnet.compiler.loop.LoopProgram.KernelCall;
import nnet.compiler.schedule.Target;

/// The kernels of a network for one kind of machine. Equal clusters have one kernel, which is lowered when the first of them is met, in whichever program
/// that is: what a network computes for a prediction it computes again for a score.
public final class Repertoire {

    private final Target target;
    private final Map<Pattern, KernelCall> kernels = new HashMap<>();

    public Repertoire(Target target) {
        this.target = target;
    }

    Target target() {
        return target;
    }

    KernelCall kernel(Pattern pattern, Supplier<KernelCall> lowered) {
        return kernels.computeIfAbsent(pattern, _ -> lowered.get());
    }
}
