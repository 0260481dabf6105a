package nnet.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;

/// A program over any number of examples: arrays are bound to its inputs and outputs, `run` takes the examples in batches. Used by one thread at a time, as often
/// as wanted; running again allocates nothing.
///
/// Arrays hold the examples one after the other, each row-major. What is bound stays bound.
public final class Prediction {

    /// Examples taken at a time: enough for the kernels to be at their best, few enough to stay in the cache.
    private static final int MAX_BATCH = 256;

    private final NetworkCode code;
    private final Forms forms;
    private final Current weights;
    private final Workers workers;
    private final Binding[] inputs;
    private final Binding[] outputs;
    /// By form; null where it has not run yet.
    private final Workspace[] workspaces;
    /// Not of an evaluation: its weights change between runs.
    private final boolean readsSettled;
    /// Null where the network has no sequences.
    private final Lengths lengths;

    Prediction(NetworkCode code, String program, List<Manifest.Port> inputs, List<Manifest.Port> outputs, Current weights,
            Workers workers) {
        this.code = code;
        forms = new Forms(code.manifest, program);
        this.weights = weights;
        this.workers = workers;
        this.inputs = bindings(inputs);
        this.outputs = bindings(outputs);
        workspaces = new Workspace[forms.count()];
        readsSettled = readsSettled();
        lengths = code.manifest.lengths().isEmpty() ? null : new Lengths(code.manifest.lengths(), MAX_BATCH);
    }

    private boolean readsSettled() {
        for (int form = 0; form < forms.count(); form++) {
            for (Manifest.Storage storage : code.manifest.programs().get(forms.program(form)).storages()) {
                if (storage.has(Manifest.Role.SETTLED)) {
                    return true;
                }
            }
        }
        return false;
    }

    private Binding[] bindings(List<Manifest.Port> ports) {
        List<Binding> bindings = new ArrayList<>();
        for (Manifest.Port port : ports) {
            bindings.add(new Binding(code.manifest, forms, port, bindings.size()));
        }
        return bindings.toArray(new Binding[0]);
    }

    /// Binds an `f32` input by its number in the network's order (targets of an evaluation follow the inputs).
    public Prediction input(int index, float[] values) {
        Binding input = inputs[index];
        require(input.port.element() == Element.F32, input, "does not take float[]");
        input.clear();
        input.floats = values;
        return this;
    }

    /// Binds an input of integers, categories or booleans.
    public Prediction input(int index, int[] values) {
        Binding input = inputs[index];
        require(input.port.element() == Element.I32 || input.port.element() == Element.BOOL, input, "does not take int[]");
        input.clear();
        input.ints = values;
        return this;
    }

    /// Binds an `f32` input whose first dimension is known only at run time: an array for each example, as long as its sequence. That these arrays say the lengths is
    /// enough; arrays of all examples have the size of the bound for each, and need the lengths as an input of their own.
    public Prediction input(int index, float[][] sequences) {
        Binding input = inputs[index];
        require(input.isSequence() && input.port.element() == Element.F32, input, "does not take float[][]");
        input.clear();
        input.sequences = sequences;
        return this;
    }

    /// The same for an input of integers, categories or booleans.
    public Prediction input(int index, int[][] sequences) {
        Binding input = inputs[index];
        require(input.isSequence() && input.port.element() != Element.F32, input, "does not take int[][]");
        input.clear();
        input.sequences = sequences;
        return this;
    }

    /// Binds an input that is a record of the network's own class.
    public Prediction input(int index, Record[] values) {
        Binding input = inputs[index];
        require(!input.port.fields().isEmpty(), input, "does not take records");
        input.clear();
        input.rows = values;
        return this;
    }

    /// Binds an input (or a target of an evaluation) that is an enum of the network's own.
    public Prediction input(int index, Enum<?>[] values) {
        Binding input = inputs[index];
        require(!input.port.members().isEmpty() && input.size == 1, input, "does not take enums");
        input.clear();
        input.choices = values;
        return this;
    }

    /// Binds an array for an output that is an enum of the network's own: it receives the most probable one, the lowest of equals.
    public Prediction output(int index, Enum<?>[] values) {
        Binding output = outputs[index];
        require(!output.port.members().isEmpty() && output.size == output.port.categories(), output, "does not give enums");
        output.choices = values;
        return this;
    }

    /// Binds an array for an `f32` output. For an output of categories it receives their probabilities.
    public Prediction output(int index, float[] values) {
        Binding output = outputs[index];
        require(output.port.element() == Element.F32, output, "does not give float[]");
        output.floats = values;
        return this;
    }

    /// Binds an array for an output of categories: it receives the most probable one, the lowest of equals. Also for outputs of integers and booleans.
    public Prediction output(int index, int[] values) {
        Binding output = outputs[index];
        require(output.port.element() != Element.F32 || output.port.categories() > 0, output, "does not give int[]");
        output.ints = values;
        return this;
    }

    private static void require(boolean condition, Binding binding, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException("'" + binding.port.name() + "' is " + binding.port.element().text() + " and " + otherwise);
        }
    }

    /// The number of the input with a name; targets of an evaluation count as inputs.
    ///
    /// @throws java.util.NoSuchElementException if there is none
    public int inputIndex(String name) {
        return index(inputs, name, "input");
    }

    /// The number of the output with a name; an evaluation has the output `loss` of each example.
    public int outputIndex(String name) {
        return index(outputs, name, "output");
    }

    private int index(Binding[] bindings, String name, String kind) {
        for (int i = 0; i < bindings.length; i++) {
            if (bindings[i].port.name().equals(name)) {
                return i;
            }
        }
        throw new NoSuchElementException("the network " + code.manifest.network() + " has no " + kind + " '" + name + "'");
    }

    /// Computes the outputs of the first `count` examples.
    ///
    /// @throws IllegalStateException    if an input has no array
    /// @throws IllegalArgumentException if an array is too short, or a category does not exist
    public void run(int count) {
        check(count);
        Buffers current = weights.buffers;
        if (readsSettled) {
            current.settle(code);
        }
        for (int from = 0; from < count; from += MAX_BATCH) {
            int examples = Math.min(MAX_BATCH, count - from);
            if (lengths == null) {
                Workspace workspace = workspace(0, Math.min(count, MAX_BATCH), current);
                load(workspace, 0, from, 0, examples);
                run(workspace, 0, examples);
                store(workspace, 0, 0, from, examples);
            } else {
                runSequences(from, examples, current);
            }
        }
    }

    private Workspace workspace(int form, int batch, Buffers current) {
        Workspace workspace = workspaces[form];
        if (workspace == null || !workspace.holds(batch)) {
            workspace = new Workspace(code.manifest.programs().get(forms.program(form)), current, batch, workers);
            workspaces[form] = workspace;
        }
        workspace.bind(current);
        return workspace;
    }

    private void run(Workspace workspace, int form, int examples) {
        workspace.setBatch(examples);
        code.run(forms.program(form), workspace);
    }

    /// Each example goes through the shortest form that holds it.
    private void runSequences(int from, int examples, Buffers current) {
        for (int form = 0; form < forms.count(); form++) {
            int count = lengths.select(forms, form, from, examples);
            if (count > 0) {
                Workspace workspace = workspace(form, count, current);
                int[] selected = lengths.selected();
                for (int i = 0; i < count; i++) {
                    load(workspace, form, selected[i], i, 1);
                }
                run(workspace, form, count);
                for (int i = 0; i < count; i++) {
                    store(workspace, form, i, selected[i], 1);
                }
            }
        }
    }

    private void check(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("the number of examples is " + count);
        }
        for (Binding input : inputs) {
            input.checkInput(count);
        }
        for (Binding output : outputs) {
            output.checkOutput(count);
        }
        if (lengths != null) {
            lengths.read(inputs, count);
        }
    }

    private void load(Workspace workspace, int form, int from, int at, int examples) {
        for (Binding input : inputs) {
            input.load(code, workspace, form, from, at, examples, lengths);
        }
    }

    private void store(Workspace workspace, int form, int at, int from, int examples) {
        for (Binding output : outputs) {
            output.store(code, workspace, form, at, from, examples);
        }
    }

    /// Binds one example of zeros to every input.
    void bindZeros() {
        for (Binding input : inputs) {
            if (input.port.element() == Element.F32) {
                input.floats = new float[input.size];
            } else {
                input.ints = new int[input.size];
                // A length is at least 1.
                Arrays.fill(input.ints, input.isLength() ? code.manifest.lengths().get(input.said).bound() : 0);
            }
        }
    }

    /// Forgets all arrays.
    void clear() {
        for (Binding input : inputs) {
            input.clear();
        }
        for (Binding output : outputs) {
            output.clear();
        }
    }
}
