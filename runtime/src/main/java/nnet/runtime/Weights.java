package nnet.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Parameters and states to and from safetensors files: one tensor for each, under its path.
final class Weights {

    private Weights() {
    }

    static void write(Manifest manifest, Buffers weights, Map<String, String> metadata, Path file) throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("network", manifest.network());
        all.putAll(metadata);
        Safetensors.write(file, tensors(manifest, weights), all);
    }

    /// Parameters and states by path, in the order of the manifest.
    static Map<String, Safetensors.Tensor> tensors(Manifest manifest, Buffers weights) {
        Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
        for (Manifest.Weight weight : manifest.parameters()) {
            tensors.put(weight.path(), new Safetensors.Tensor(weights.parameters, weight.offset(), shape(weight)));
        }
        for (Manifest.Weight weight : manifest.states()) {
            tensors.put(weight.path(), new Safetensors.Tensor(weights.states, weight.offset(), shape(weight)));
        }
        return tensors;
    }

    static int[] shape(Manifest.Weight weight) {
        int[] shape = new int[weight.shape().size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = weight.shape().get(i).factor();
        }
        return shape;
    }

    /// New weights from a file that must hold exactly those of the network.
    static Buffers read(Manifest manifest, Safetensors file) throws WeightsException {
        Buffers weights = Buffers.forPrediction(manifest);
        copy(manifest, manifest.parameters(), file, weights.parameters);
        copy(manifest, manifest.states(), file, weights.states);
        Set<String> known = paths(manifest);
        for (String tensor : file.names()) {
            if (!tensor.startsWith(Checkpoint.OPTIMIZER) && !known.contains(tensor)) {
                throw other(manifest, file, "the file has '" + tensor + "', the network has not");
            }
        }
        return weights;
    }

    /// Fills those parameters and states that a file has with the same shape.
    ///
    /// @return the paths of the others
    static List<String> readMatching(Manifest manifest, Safetensors file, Buffers weights) throws WeightsException {
        List<String> missing = new ArrayList<>();
        copyMatching(manifest.parameters(), file, weights.parameters, missing);
        copyMatching(manifest.states(), file, weights.states, missing);
        return missing;
    }

    private static void copyMatching(List<Manifest.Weight> weights, Safetensors file, float[] target, List<String> missing)
            throws WeightsException {
        for (Manifest.Weight weight : weights) {
            if (file.has(weight.path()) && Arrays.equals(file.shape(weight.path()), shape(weight))) {
                file.copy(weight.path(), target, weight.offset());
            } else {
                missing.add(weight.path());
            }
        }
    }

    private static void copy(Manifest manifest, List<Manifest.Weight> weights, Safetensors file, float[] target) throws WeightsException {
        for (Manifest.Weight weight : weights) {
            if (!file.has(weight.path())) {
                throw other(manifest, file, "the network has '" + weight.path() + "', the file has not");
            }
            if (!Arrays.equals(file.shape(weight.path()), shape(weight))) {
                throw other(manifest, file,
                        "'" + weight.path() + "' is " + weight.shape() + " in the network, " + Arrays.toString(file.shape(weight.path()))
                                + " in the file");
            }
            file.copy(weight.path(), target, weight.offset());
        }
    }

    private static Set<String> paths(Manifest manifest) {
        Set<String> paths = new HashSet<>();
        for (List<Manifest.Weight> weights : List.of(manifest.parameters(), manifest.states())) {
            for (Manifest.Weight weight : weights) {
                paths.add(weight.path());
            }
        }
        return paths;
    }

    private static WeightsException other(Manifest manifest, Safetensors file, String difference) {
        String owner = file.metadata().getOrDefault("network", "another network");
        String from = owner.equals(manifest.network()) ? "another version of it" : owner;
        return new WeightsException(
                file.name() + ": these are not weights of " + manifest.network() + " but of " + from + ": " + difference);
    }
}
