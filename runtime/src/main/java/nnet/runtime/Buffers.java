package nnet.runtime;

import java.util.LinkedHashMap;
import java.util.Map;

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

    /// Takes over parameters and states of another set of the same network.
    void copyWeights(Buffers from) {
        System.arraycopy(from.parameters, 0, parameters, 0, parameters.length);
        System.arraycopy(from.states, 0, states, 0, states.length);
    }
}
