package nnet.compiler;

import java.util.function.Supplier;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.loop.LoopVerifier;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Verifier;

/// A journey on which every graph and every loop program is verified where it is made: a bad one fails at the pass that made it.
public final class VerifiedJourney implements Journey {

    @Override
    public <N> N pass(String name, String unit, Supplier<N> work) {
        N noun = work.get();
        if (noun instanceof Graph graph) {
            Verifier.verify(graph);
        } else if (noun instanceof LoopProgram program) {
            LoopVerifier.verify(program);
        }
        return noun;
    }
}
