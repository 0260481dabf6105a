package nnet.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Weights, optimiser and count of steps in one safetensors file.
final class Checkpoint {

    /// Tells tensors of the optimiser from parameters: a path has no slash.
    static final String OPTIMIZER = "optimizer/";
    private static final String STEPS = "steps";

    private Checkpoint() {
    }

    static void write(Manifest manifest, Buffers buffers, int steps, Path file) throws IOException {
        Map<String, Safetensors.Tensor> tensors = Weights.tensors(manifest, buffers);
        buffers.optimizer.forEach(
                (name, state) -> tensors.put(OPTIMIZER + name, new Safetensors.Tensor(state, 0, new int[]{state.length - Buffers.SLACK})));
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("network", manifest.network());
        metadata.put(STEPS, Integer.toString(steps));
        Safetensors.write(file, tensors, metadata);
    }

    /// Fills the buffers; they change only if all is well.
    ///
    /// @return the count of steps
    static int read(Manifest manifest, Buffers buffers, Safetensors file) throws WeightsException {
        Buffers weights = Weights.read(manifest, file);
        Map<String, float[]> states = new LinkedHashMap<>();
        for (Map.Entry<String, float[]> state : buffers.optimizer.entrySet()) {
            String tensor = OPTIMIZER + state.getKey();
            int size = state.getValue().length - Buffers.SLACK;
            if (!file.has(tensor) || file.size(tensor) != size) {
                throw new WeightsException(
                        file.name() + ": no checkpoint of this optimiser: it should have '" + tensor + "' with " + size + " elements");
            }
            float[] values = new float[size];
            file.copy(tensor, values, 0);
            states.put(state.getKey(), values);
        }
        int steps = steps(file);
        buffers.copyWeights(weights);
        states.forEach((name, values) -> System.arraycopy(values, 0, buffers.optimizer.get(name), 0, values.length));
        return steps;
    }

    private static int steps(Safetensors file) throws WeightsException {
        String text = file.metadata().getOrDefault(STEPS, "");
        try {
            int steps = Integer.parseInt(text);
            if (steps >= 0) {
                return steps;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new WeightsException(file.name() + ": no checkpoint: its metadata should give the number of steps, not '" + text + "'");
    }
}
