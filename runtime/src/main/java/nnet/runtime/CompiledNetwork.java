package nnet.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/// The base of every generated class: it has all that does not depend on the network, so that generated classes stay small.
///
/// Java serialisation writes the weights; whoever reads needs the class. Trainings are saved by `Trainer.save`.
public abstract class CompiledNetwork implements Network, Serializable {

    private static final long serialVersionUID = 1L;

    private final transient NetworkCode code;
    private final transient PredictionPool pool;
    private final transient Current weights;

    protected CompiledNetwork(NetworkCode code) {
        this.code = code;
        weights = new Current(Buffers.forPrediction(code.manifest));
        pool = new PredictionPool(code, weights);
    }

    /// Parameters and states as the initialisers of the network make them from a seed.
    protected final void initialize(long seed) {
        Buffers fresh = Buffers.forPrediction(code.manifest);
        int number = code.manifest.program("initialize");
        Manifest.Program program = code.manifest.programs().get(number);
        Workspace workspace = new Workspace(program, fresh, 1, Workers.shared());
        setKey(workspace.control("key", 3), seed, 0);
        code.run(number, workspace);
        weights.buffers = fresh;
    }

    /// The key of random numbers: seed low, seed high, step.
    static void setKey(int[] key, long seed, int step) {
        key[0] = (int) seed;
        key[1] = (int) (seed >>> 32);
        key[2] = step;
    }

    /// The weights that lie beside the class: `Xor.safetensors` beside `Xor.class`. The class opens the file itself, since what lies in a named module is seen by
    /// its own classes alone.
    ///
    /// @param found the file; null where there is none
    /// @throws IllegalStateException if there is none, or it is damaged
    protected final void restorePretrained(InputStream found) {
        String resource = getClass().getSimpleName() + ".safetensors";
        try (InputStream stream = found) {
            if (stream == null) {
                throw new IllegalStateException(
                        "there is no " + resource + " beside " + getClass().getName() + ": train the network, or load weights from a file");
            }
            weights.buffers = Weights.read(code.manifest, Safetensors.read(resource, stream.readAllBytes()));
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public final String name() {
        return code.manifest.network();
    }

    @Override
    public final List<Manifest.Port> inputs() {
        return code.manifest.inputs();
    }

    @Override
    public final List<Manifest.Port> outputs() {
        return code.manifest.outputs();
    }

    @Override
    public final List<Manifest.Port> targets() {
        return code.manifest.targets();
    }

    @Override
    public final List<Manifest.Length> lengths() {
        return code.manifest.lengths();
    }

    @Override
    public final List<Manifest.Weight> parameters() {
        return code.manifest.parameters();
    }

    @Override
    public final List<Manifest.Weight> states() {
        return code.manifest.states();
    }

    @Override
    public final float[] parameter(String path) {
        Buffers current = weights.buffers;
        float[] buffer = isState(path) ? current.states : current.parameters;
        Manifest.Weight weight = weight(path);
        return Arrays.copyOfRange(buffer, weight.offset(), weight.offset() + weight.size());
    }

    @Override
    public final synchronized void setParameter(String path, float[] values) {
        Manifest.Weight weight = weight(path);
        if (values.length != weight.size()) {
            throw new IllegalArgumentException("'" + path + "' has " + weight.size() + " elements, not " + values.length);
        }
        Buffers next = Buffers.forPrediction(code.manifest);
        next.copyWeights(weights.buffers);
        System.arraycopy(values, 0, isState(path) ? next.states : next.parameters, weight.offset(), values.length);
        weights.buffers = next;
    }

    private boolean isState(String path) {
        for (Manifest.Weight state : states()) {
            if (state.path().equals(path)) {
                return true;
            }
        }
        return false;
    }

    private Manifest.Weight weight(String path) {
        for (List<Manifest.Weight> group : List.of(parameters(), states())) {
            for (Manifest.Weight weight : group) {
                if (weight.path().equals(path)) {
                    return weight;
                }
            }
        }
        throw new NoSuchElementException("the network " + name() + " has no parameter '" + path + "'");
    }

    @Override
    public final Prediction prediction() {
        return pool.fresh();
    }

    @Override
    public final Optional<Decoder> decoder() {
        return Optional.ofNullable(Decoder.of(code, weights, Workers.shared()));
    }

    final Buffers weights() {
        return weights.buffers;
    }

    final NetworkCode code() {
        return code;
    }

    /// Lets predictions from now on use a copy of these weights.
    final synchronized void publish(Buffers trained) {
        Buffers next = Buffers.forPrediction(code.manifest);
        next.copyWeights(trained);
        weights.buffers = next;
    }

    /// A prediction of the pool, to be given back by `finish`.
    protected final Prediction begin() {
        return pool.take();
    }

    /// Runs a prediction of the pool and gives it back.
    protected final void finish(Prediction prediction, int count) {
        try {
            prediction.run(count);
        } finally {
            prediction.clear();
            pool.give(prediction);
        }
    }

    @Override
    public final void warmUp() {
        WarmUp.wait(this);
    }

    /// What is written in place of this object.
    protected final Object writeReplace() {
        Buffers current = weights.buffers;
        return new SavedNetwork(getClass(), Arrays.copyOf(current.parameters, current.parameters.length - Buffers.SLACK),
                Arrays.copyOf(current.states, current.states.length - Buffers.SLACK));
    }

    /// Takes over weights; false if there are more or fewer than this network has.
    final boolean replaceWeights(float[] parameters, float[] states) {
        Buffers next = Buffers.forPrediction(code.manifest);
        if (parameters.length + Buffers.SLACK != next.parameters.length || states.length + Buffers.SLACK != next.states.length) {
            return false;
        }
        System.arraycopy(parameters, 0, next.parameters, 0, parameters.length);
        System.arraycopy(states, 0, next.states, 0, states.length);
        weights.buffers = next;
        return true;
    }

    @Override
    public Trainer trainer(long seed, Workers workers) {
        return new Trainer(this, seed, workers);
    }

    @Override
    public final void save(Path file, Map<String, String> metadata) throws IOException {
        Weights.write(code.manifest, weights.buffers, metadata, file);
    }

    @Override
    public final void restore(Path file) throws IOException {
        weights.buffers = Weights.read(code.manifest, Safetensors.read(file));
    }

    @Override
    public String toString() {
        return name() + " " + inputs() + " -> " + outputs();
    }
}
