package nnet.embed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import nnet.compiler.Journey;
import nnet.compiler.Texts;
import nnet.compiler.source.Diagnostic;
import nnet.compiler.source.Source;
import nnet.runtime.Network;
import nnet.trainer.LoadedNetwork;
import nnet.trainer.NetworkFile;

/// Compiles networks while an application runs.
///
/// ```java
/// Nnc xor = Nnc.compile("""
///         network Xor(bits: [2]) -> [1] {
///           bits -> Dense(8, tanh) -> Dense(1, sigmoid)
///         }
///         """);
/// Network network = xor.create(42);
/// ```
///
/// The classes belong to a class loader of their own and go with the last network of theirs.
public final class Nnc {

    private final LoadedNetwork loaded;

    private Nnc(LoadedNetwork loaded) {
        this.loaded = loaded;
    }

    /// Compiles a text with one network. It may import packages of the library (`nnet.models`), but no files.
    ///
    /// @throws MistakesException for mistakes in the text
    public static Nnc compile(String source) {
        return compile(NetworkFile.of(new Source("source", source)));
    }

    /// Compiles one of the networks of a text.
    ///
    /// @param network its name
    /// @throws MistakesException for mistakes in the text, or if it has no such network
    public static Nnc compile(String source, String network) {
        return compile(NetworkFile.of(new Source("source", source)).of(network));
    }

    /// Compiles a `.nnet` file with all that it imports.
    ///
    /// @throws MistakesException for mistakes in the file or one that it imports
    /// @throws IOException       if a file cannot be read
    public static Nnc compile(Path file) throws IOException {
        return compile(NetworkFile.read(file, Map.of()));
    }

    /// Compiles one of the networks of a `.nnet` file.
    ///
    /// @param network its name
    /// @throws MistakesException for mistakes in the file or one that it imports, or if it has no such network
    /// @throws IOException       if a file cannot be read
    public static Nnc compile(Path file, String network) throws IOException {
        return compile(NetworkFile.read(file, Map.of()).of(network));
    }

    private static Nnc compile(Texts texts) {
        LoadedNetwork.Outcome outcome = LoadedNetwork.compile(texts, Journey.SILENT);
        return new Nnc(outcome.network().orElseThrow(() -> new MistakesException(outcome.diagnostics())));
    }

    /// What was said about the source without making it wrong.
    public List<Diagnostic> warnings() {
        return loaded.warnings();
    }

    /// The class that was made: a subclass of `nnet.runtime.CompiledNetwork` with methods for this network's own types.
    public Class<?> type() {
        return loaded.type();
    }

    /// A network with fresh parameters: the same seed gives the same ones everywhere.
    public Network create(long seed) {
        return loaded.create(seed);
    }

    /// A network with the weights of a safetensors file.
    ///
    /// @throws nnet.runtime.WeightsException if the file is damaged, or holds weights of another network
    /// @throws IOException                   if it cannot be read
    public Network load(Path weights) throws IOException {
        Network network = create(0);
        network.restore(weights);
        return network;
    }
}
