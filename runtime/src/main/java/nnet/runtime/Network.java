package nnet.runtime;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A network by the names of its inputs, outputs and parameters, without generated types. Every generated class is one.
///
/// Predicting is thread-safe; the weights that it uses never change, they are replaced as a whole.
public interface Network {

    /// A network of a generated class with fresh parameters.
    ///
    /// @param type a class that `nnc` has made
    /// @throws IllegalArgumentException if it is not such a class
    static Network create(Class<?> type, long seed) {
        try {
            return (Network) type.getMethod("create", long.class).invoke(null, seed);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new IllegalArgumentException(type + " is not the class of a network", e);
        }
    }

    /// Binary name of the generated class.
    String name();

    List<Manifest.Port> inputs();

    List<Manifest.Port> outputs();

    /// What training compares the outputs with; empty if the network has no recipe.
    List<Manifest.Port> targets();

    /// The lengths of sequences that are known only at run time, in the order of the inputs that say them.
    List<Manifest.Length> lengths();

    /// In the order of the file of weights: trainable ones first.
    List<Manifest.Weight> parameters();

    /// What layers keep but do not train.
    List<Manifest.Weight> states();

    /// A copy of a parameter or state, row-major.
    ///
    /// @throws java.util.NoSuchElementException if the network has none of this path
    float[] parameter(String path);

    /// Replaces a parameter or state. Predictions that are under way still see the old values.
    ///
    /// @throws java.util.NoSuchElementException if the network has none of this path
    /// @throws IllegalArgumentException         if the number of values is not its size
    void setParameter(String path, float[] values);

    /// Predicts until predictions of one example run as fast as they will: kernels are compiled and the vector form is chosen. Takes some seconds at most; for
    /// applications that would rather start later than answer their first requests slowly.
    void warmUp();

    /// A prediction to be used by one thread, as often as wanted.
    Prediction prediction();

    /// A sequence that grows token by token, where the network takes a sequence of tokens and says after each what comes next, and can do so step by step.
    Optional<Decoder> decoder();

    /// Training of a copy of the weights; `close` or `publish` gives them to this network. Seed 0, the shared threads.
    ///
    /// @throws UnsupportedOperationException if the network has no recipe
    default Trainer trainer() {
        return trainer(0, Workers.shared());
    }

    /// @param seed    of dropout and whatever else is random in training
    /// @param workers threads; results do not depend on their number
    Trainer trainer(long seed, Workers workers);

    /// Writes parameters and states as a safetensors file, whole or not at all; the same weights give the same bytes.
    default void save(Path file) throws IOException {
        save(file, Map.of());
    }

    /// The same with metadata of one's own: texts by name, which `Safetensors.metadata` gives back.
    void save(Path file, Map<String, String> metadata) throws IOException;

    /// Replaces parameters and states by those of a file.
    ///
    /// @throws WeightsException if the file is damaged or belongs to another network; the network is then as before
    void restore(Path file) throws IOException;
}
