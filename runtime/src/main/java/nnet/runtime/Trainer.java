package nnet.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Trains a copy of a network's weights, step by step. Used by one thread at a time; a step allocates nothing once the largest batch has been seen.
///
/// The network predicts with the new weights after `publish` or `close`. The same seed and data give the same bits for any number of threads.
public class Trainer implements AutoCloseable {

    private final CompiledNetwork network;
    private final NetworkCode code;
    private final Manifest manifest;
    private final Workers workers;
    private final Buffers buffers;
    private final MiniBatch batch;
    private final int updateProgram;
    private final Workspace update;
    private final int[] updateStep;
    private int steps;

    /// @throws UnsupportedOperationException if the network has no recipe
    protected Trainer(CompiledNetwork network, long seed, Workers workers) {
        if (network.code().manifest.findProgram("gradient").isEmpty()) {
            throw new UnsupportedOperationException(
                    "the network " + network.name() + " cannot be trained: its source has no `train` block");
        }
        this.network = network;
        this.workers = workers;
        code = network.code();
        manifest = code.manifest;
        buffers = Buffers.forTraining(manifest);
        buffers.copyWeights(network.weights());
        batch = new MiniBatch(manifest, buffers, workers, seed);
        updateProgram = manifest.program("update");
        update = workspace(updateProgram);
        updateStep = update.control("step", 1);
        resetOptimizer();
    }

    private Workspace workspace(int program) {
        return new Workspace(manifest.programs().get(program), buffers, 1, workers);
    }

    /// Lets the optimiser forget all that it has seen; the count of steps begins anew.
    public final void resetOptimizer() {
        steps = 0;
        for (float[] state : buffers.optimizer.values()) {
            Arrays.fill(state, 0);
        }
        Optional<Integer> prepare = manifest.findProgram("prepare");
        if (prepare.isPresent()) {
            code.run(prepare.get(), workspace(prepare.get()));
        }
    }

    /// Fits the encoding of an input that is a record to the rows that the training will see: means, deviations and the like. To be called before the first
    /// step of a fresh network; weights that were trained on other rows belong to the encoding that they have.
    ///
    /// @param rows raw values of `count` rows, one after the other
    /// @throws IllegalArgumentException if the network has no record of this name, or the array is too short
    public final void fit(String input, float[] rows, int count) {
        Manifest.Port port = batch.feed(input).port;
        if (port.fields().isEmpty() || rows.length < (long) count * port.size()) {
            throw new IllegalArgumentException(port.fields().isEmpty()
                    ? "'" + input + "' is no record"
                    : "'" + input + "' takes " + port.size() + " values for each row; an array of " + rows.length + " is too short for "
                            + count);
        }
        Statistics.fit(manifest, port, rows, count, buffers.states);
    }

    /// One step of a network with one input and one target, both `f32`.
    ///
    /// @param x inputs of `count` examples, one after the other
    /// @param y their targets
    /// @return the loss before the step: the mean over the batch, with penalties
    /// @throws IllegalArgumentException if an array is too short, or the network has other inputs or targets besides
    public final float step(float[] x, float[] y, int count) {
        requireOneEach();
        input(0, x, count);
        target(0, y, count);
        return step(count);
    }

    /// One step of a network with one `f32` input and one target of categories.
    public final float step(float[] x, int[] y, int count) {
        requireOneEach();
        input(0, x, count);
        target(0, y, count);
        return step(count);
    }

    /// What a step is not given would be as the step before has left it.
    private void requireOneEach() {
        if (manifest.inputs().size() != 1 || manifest.targets().size() != 1) {
            throw new IllegalArgumentException("the network " + network.name() + " takes more than one input and one target, or none: "
                    + manifest.inputs() + " and " + manifest.targets()
                    + "; use the step of its own class, or fill the arrays of floats() and ints()");
        }
    }

    /// Fits the encoding of an input that is a record of the network's own class. For generated classes, as the methods below.
    protected final void fit(int input, Record[] rows, int count) {
        Manifest.Port port = batch.input(input, 1).port;
        float[] raw = new float[Math.multiplyExact(count, port.size())];
        for (int i = 0; i < count; i++) {
            code.putChecked(input, rows[i], raw, i * port.size());
        }
        fit(port.name(), raw, count);
    }

    /// What the next step of `count` examples reads as an input, by its number in the network's order.
    protected final void input(int index, float[] values, int count) {
        batch.input(index, count).put(values, count);
    }

    protected final void input(int index, int[] values, int count) {
        batch.input(index, count).put(values, count);
    }

    protected final void input(int index, Record[] values, int count) {
        batch.input(index, count).put(code, index, values, count);
    }

    protected final void input(int index, Enum<?>[] values, int count) {
        batch.input(index, count).put(values, count);
    }

    /// What the next step of `count` examples compares an output with.
    protected final void target(int index, float[] values, int count) {
        batch.target(index, count).put(values, count);
    }

    protected final void target(int index, int[] values, int count) {
        batch.target(index, count).put(values, count);
    }

    protected final void target(int index, Enum<?>[] values, int count) {
        batch.target(index, count).put(values, count);
    }

    /// The array from which the next step of up to `count` examples reads an `f32` input or target of the network: to be filled, then `step(count)`.
    /// Valid until a larger batch is asked for. A sequence has the size of its bound there, zeros behind, and its number of elements in the input of the length.
    ///
    /// @throws IllegalArgumentException if it is not `f32`, or the network has none of this name
    public final float[] floats(String name, int count) {
        return batch.feed(name, count).floats();
    }

    /// The same for integers, categories and booleans.
    public final int[] ints(String name, int count) {
        return batch.feed(name, count).ints();
    }

    /// One step on the arrays of `floats` and `ints`.
    ///
    /// @return the loss before the step: the mean over the batch, with penalties
    public final float step(int count) {
        MiniBatch.Form form = batch.form(count);
        steps++;
        updateStep[0] = steps;
        code.run(form.program, form.ready(count, steps));
        code.run(updateProgram, update);
        return form.loss();
    }

    /// Steps taken since the optimiser was new.
    public final int steps() {
        return steps;
    }

    /// Outputs and losses of examples with the weights as they are at each `run`: inputs and targets are bound as inputs, the output `loss` is one `f32` for each
    /// example.
    public final Prediction evaluation() {
        List<Manifest.Port> all = new ArrayList<>(manifest.inputs());
        all.addAll(manifest.targets());
        List<Manifest.Port> results = new ArrayList<>(manifest.outputs());
        results.add(new Manifest.Port("loss", Element.F32, 0, List.of()));
        return new Prediction(code, "evaluate", all, results, new Current(buffers), workers);
    }

    /// The mean loss of examples, without penalties, of a network with one input and one target, both `f32`.
    public final float evaluate(float[] x, float[] y, int count) {
        return mean(evaluation().input(0, x).input(1, y), count);
    }

    /// The same for a target of categories.
    public final float evaluate(float[] x, int[] y, int count) {
        return mean(evaluation().input(0, x).input(1, y), count);
    }

    /// The mean loss of an evaluation whose inputs and targets are bound.
    protected final float mean(Prediction evaluation, int count) {
        float[] losses = new float[count];
        evaluation.output(manifest.outputs().size(), losses).run(count);
        double sum = 0;
        for (float each : losses) {
            sum += each;
        }
        return (float) (sum / count);
    }

    /// The metrics of the recipe over a whole split.
    public final Metrics metrics() {
        return new Metrics(code, buffers, workers);
    }

    /// Takes over those parameters and states of a file whose path and shape are the same here.
    ///
    /// @return the paths of those that were not found
    public final List<String> startFrom(Path file) throws IOException {
        return Weights.readMatching(manifest, Safetensors.read(file), buffers);
    }

    /// Writes all that a resumed training needs: parameters, states, the optimiser and the count of steps. The file also serves as a file of weights.
    public final void save(Path file) throws IOException {
        Checkpoint.write(manifest, buffers, steps, file);
    }

    /// Goes back to where a training was when it was saved.
    ///
    /// @throws WeightsException if the file is damaged, or of another network or optimiser
    public final void restore(Path file) throws IOException {
        steps = Checkpoint.read(manifest, buffers, Safetensors.read(file));
    }

    /// Lets predictions of the network use the weights as they are now.
    public final void publish() {
        network.publish(buffers);
    }

    /// Publishes the weights.
    @Override
    public final void close() {
        publish();
    }
}
