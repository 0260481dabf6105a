package nnet.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import nnet.compiler.Journey;
import nnet.compiler.loop.LoopProgram;
import nnet.compiler.plan.Footprint;
import nnet.compiler.schedule.Target;

/// The memory of intermediate tensors in one training step, as the compiler has planned it.
final class Plans {
    /// The `.nnet` files beside this class, each with the batch of its row in the table of training.
    static final Map<String, Integer> BATCHES = batches();
    static final String PLANNED = "planned";
    static final String ALIVE = "alive at once";
    static final String SEPARATE = "without sharing";

    private Plans() {}

    private static Map<String, Integer> batches() {
        Map<String, Integer> batches = new LinkedHashMap<>();
        batches.put("mlp", 64);
        batches.put("lstm", 32);
        batches.put("lenet", 64);
        batches.put("filters", 64);
        return batches;
    }

    /// Bytes, by network and kind.
    static Map<String, Double> measure() throws IOException {
        Map<String, Double> bytes = new LinkedHashMap<>();
        for (var network : BATCHES.entrySet()) {
            Gradient gradient = new Gradient();
            NncContenders.compile(NncContenders.texts(network.getKey(), Map.of()), gradient, List.of(Target.VECTOR256));
            Footprint footprint = Footprint.of(gradient.program, network.getValue());
            bytes.put(key(network.getKey(), PLANNED), (double) footprint.planned());
            bytes.put(key(network.getKey(), ALIVE), (double) footprint.alive());
            bytes.put(key(network.getKey(), SEPARATE), (double) footprint.separate());
        }
        return bytes;
    }

    static String key(String network, String kind) {
        return network + ' ' + kind;
    }

    /// Keeps the planned program that passes by last: planning is the last pass over it.
    private static final class Gradient implements Journey {
        private LoopProgram program;

        @Override
        public <N> N pass(String name, String unit, Supplier<N> work) {
            N noun = work.get();
            if (noun instanceof LoopProgram loops && loops.name().equals("gradient")) {
                program = loops;
            }
            return noun;
        }
    }
}
