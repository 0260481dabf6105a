package nnet.bench.reference;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import nnet.runtime.Safetensors;

/// Writes one file for each reference: `input.*`, `parameter.*`, `output`, `loss` and `gradient.*`.
public final class Main {

    private Main() {}

    /// `Main FOLDER`
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        String engine = "libtorch " + Engine.getEngine("PyTorch").getVersion();
        for (var reference : References.all().entrySet()) {
            Path file = folder.resolve(reference.getKey() + ".safetensors");
            Safetensors.write(file, tensors(reference.getKey(), reference.getValue()), Map.of("made by", engine));
            System.out.println("written: " + file);
        }
    }

    private static Map<String, Safetensors.Tensor> tensors(String name, Reference reference) {
        try (NDManager manager = NDManager.newBaseManager("PyTorch");
                GradientCollector tape = Engine.getEngine("PyTorch").newGradientCollector()) {
            Leaves leaves = new Leaves(manager, name);
            Reference.Result result = reference.compute(leaves);
            tape.backward(result.loss());
            Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
            leaves.inputs().forEach((key, value) -> tensors.put("input." + key, tensor(value)));
            leaves.parameters().forEach((key, value) -> tensors.put("parameter." + key, tensor(value)));
            leaves.parameters().forEach((key, value) -> tensors.put("gradient." + key, tensor(value.getGradient())));
            tensors.put("output", tensor(result.output()));
            tensors.put("loss", tensor(result.loss()));
            return tensors;
        }
    }

    private static Safetensors.Tensor tensor(NDArray array) {
        long[] shape = array.getShape().getShape();
        int[] sizes = new int[shape.length];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = Math.toIntExact(shape[i]);
        }
        return new Safetensors.Tensor(array.toFloatArray(), 0, sizes);
    }
}
