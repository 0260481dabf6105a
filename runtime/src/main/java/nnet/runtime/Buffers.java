package nnet.runtime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The flat buffers that the programs of one network share: one set belongs to the network (and never changes once published), one to each trainer.
final class Buffers {

    /// Elements beyond the end of every array that vector code may load, never store.
    static final int SLACK = 64;

    final float[] parameters;
    final float[] states;
    /// Empty for a set that is only predicted with.
    final float[] gradients;
    /// By name; each as long as the trainable parameters, or as the update program says.
    final Map<String, float[]> optimizer = new LinkedHashMap<>();
    /// What the program `settle` makes of the weights for those that predict, by name; empty until somebody predicts.
    final Map<String, float[]> settled = new LinkedHashMap<>();
    private volatile boolean isSettled;

    private Buffers(int parameters, int states, int gradients) {
        this.parameters = new float[parameters + SLACK];
        this.states = new float[states + SLACK];
        this.gradients = new float[gradients + SLACK];
    }

    static Buffers forPrediction(Manifest manifest) {
        return new Buffers(manifest.parameterCount(), manifest.stateCount(), 0);
    }

    static Buffers forTraining(Manifest manifest) {
        Buffers buffers = new Buffers(manifest.parameterCount(), manifest.stateCount(), manifest.trainableCount());
        for (Manifest.Program program : manifest.programs()) {
            for (Manifest.Storage storage : program.storages()) {
                if (storage.has(Manifest.Role.OPTIMIZER) && !buffers.optimizer.containsKey(storage.name())) {
                    int size = storage.size().at(program.symbols(), new int[program.symbols().size()]);
                    buffers.optimizer.put(storage.name(), new float[size + SLACK]);
                }
            }
        }
        return buffers;
    }

    /// Sees to it that what predictions need is there. The first one computes it, and others wait: the weights do not change any more.
    void settle(NetworkCode code) {
        if (!isSettled) {
            settleOnce(code);
        }
    }

    private synchronized void settleOnce(NetworkCode code) {
        Optional<Integer> number = code.manifest.findProgram("settle");
        if (!isSettled && number.isPresent()) {
            Manifest.Program program = code.manifest.programs().get(number.get());
            for (Manifest.Storage storage : program.storages()) {
                if (storage.has(Manifest.Role.SETTLED)) {
                    settled.put(storage.name(), new float[storage.size().at(program.symbols(), new int[0]) + SLACK]);
                }
            }
            code.run(number.get(), new Workspace(program, this, 1, Workers.shared()));
        }
        isSettled = true;
    }

    /// Takes over parameters and states of another set of the same network.
    void copyWeights(Buffers from) {
        System.arraycopy(from.parameters, 0, parameters, 0, parameters.length);
        System.arraycopy(from.states, 0, states, 0, states.length);
    }
}
