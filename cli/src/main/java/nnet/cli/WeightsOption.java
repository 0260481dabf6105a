package nnet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import nnet.runtime.Network;
import nnet.runtime.Safetensors;
import nnet.trainer.LoadedNetwork;
import nnet.trainer.data.Encoding;
import picocli.CommandLine.Option;

/// `--weights FILE` of the commands that use trained weights.
final class WeightsOption {

    @Option(names = {"-w",
        "--weights"}, paramLabel = "FILE", description = "The trained weights; out/NAME/NAME.safetensors in the working directory if absent.")
    Path file;

    /// Takes the value of an option of a plain command line, if it is this one.
    boolean set(String name, String value) {
        boolean isWeights = name.equals("-w") || name.equals("--weights");
        if (isWeights) {
            file = Path.of(value);
        }
        return isWeights;
    }

    /// The network with the weights of the file.
    Network restore(LoadedNetwork loaded) throws IOException {
        Network network = loaded.create(0);
        network.restore(file(loaded));
        return network;
    }

    /// How the data was read that the weights were trained on.
    Encoding encoding(LoadedNetwork loaded) throws IOException {
        Path from = file(loaded);
        return Encoding.of(from, Safetensors.read(from).metadata());
    }

    private Path file(LoadedNetwork loaded) {
        String name = loaded.model().name();
        Path from = file == null ? Path.of("out", name, name + ".safetensors") : file;
        if (!Files.exists(from)) {
            throw new Mistake(from + ": there is no such file",
                    file == null ? "train the network first, or name its weights with --weights FILE" : "");
        }
        return from;
    }
}
