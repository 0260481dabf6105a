package nnet.runtime;

import java.util.ArrayList;
import java.util.List;

/// A program over any number of examples: arrays are bound to its inputs and outputs, `run` takes the examples in batches. Used by one thread at a time, as often
/// as wanted; running again allocates nothing.
///
/// Arrays hold the examples one after the other, each row-major. What is bound stays bound.
public final class Prediction {

    /// Examples taken at a time: enough for the kernels to be at their best, few enough to stay in the cache.
    private static final int MAX_BATCH = 256;

    /// An input or output: the array of the user and where it lies in the workspace (-1: the program does not use it).
    private static final class Binding {
        final Manifest.Port port;
        final int storage;
        final int size;
        final int number;
        float[] floats;
        int[] ints;
        Record[] rows;
        Enum<?>[] choices;

        Binding(Manifest.Port port, int number, int storage) {
            this.port = port;
            this.number = number;
            this.storage = storage;
            size = port.size();
        }

        /// Forgets its array; there is at most one.
        void clear() {
            floats = null;
            ints = null;
            rows = null;
            choices = null;
        }
    }

    private final NetworkCode code;
    private final int program;
    private final Current weights;
    private final Workers workers;
    private final Binding[] inputs;
    private final Binding[] outputs;
    private Workspace workspace;

    Prediction(NetworkCode code, String program, List<Manifest.Port> inputs, List<Manifest.Port> outputs, Current weights,
            Workers workers) {
        this.code = code;
        this.program = code.manifest.program(program);
        this.weights = weights;
        this.workers = workers;
        this.inputs = bindings(inputs);
        this.outputs = bindings(outputs);
    }

    private Binding[] bindings(List<Manifest.Port> ports) {
        Manifest.Program layout = code.manifest.programs().get(program);
        List<Binding> bindings = new ArrayList<>();
        for (Manifest.Port port : ports) {
            bindings.add(new Binding(port, bindings.size(), layout.find(Manifest.Role.DATA, port.name()).orElse(-1)));
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
        throw new java.util.NoSuchElementException("the network " + code.manifest.network() + " has no " + kind + " '" + name + "'");
    }

    /// Computes the outputs of the first `count` examples.
    ///
    /// @throws IllegalStateException    if an input has no array
    /// @throws IllegalArgumentException if an array is too short, or a category does not exist
    public void run(int count) {
        check(count);
        Buffers current = weights.buffers;
        int batch = Math.min(count, MAX_BATCH);
        if (workspace == null || !workspace.holds(batch)) {
            workspace = new Workspace(code.manifest.programs().get(program), current, batch, workers);
        }
        workspace.bind(current);
        for (int from = 0; from < count; from += MAX_BATCH) {
            int examples = Math.min(MAX_BATCH, count - from);
            load(from, examples);
            workspace.setBatch(examples);
            code.run(program, workspace);
            store(from, examples);
        }
    }

    private void check(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("the number of examples is " + count);
        }
        for (Binding input : inputs) {
            checkLength(input, count);
        }
        for (Binding output : outputs) {
            if (output.floats != null) {
                checkLength(output, output.floats.length, output.size, count);
            }
            if (output.ints != null) {
                checkLength(output, output.ints.length, intsOf(output), count);
            }
            if (output.choices != null) {
                checkLength(output, output.choices.length, 1, count);
            }
        }
    }

    private static void checkLength(Binding input, int count) {
        if (input.floats != null) {
            checkLength(input, input.floats.length, input.size, count);
        } else if (input.ints != null) {
            checkLength(input, input.ints.length, input.size, count);
        } else if (input.rows != null) {
            checkLength(input, input.rows.length, 1, count);
        } else if (input.choices != null) {
            checkLength(input, input.choices.length, 1, count);
        } else {
            throw new IllegalStateException("input '" + input.port.name() + "' has no array");
        }
    }

    private static void checkLength(Binding binding, int length, int size, int count) {
        if (length < (long) size * count) {
            throw new IllegalArgumentException(
                    "'" + binding.port.name() + "' takes " + size + " values for each example; an array of " + length + " is too short for "
                            + count);
        }
    }

    private void load(int from, int examples) {
        for (Binding input : inputs) {
            int length = examples * input.size;
            if (input.storage < 0) {
                continue;
            }
            if (input.floats != null) {
                System.arraycopy(input.floats, from * input.size, workspace.f32[input.storage], 0, length);
            } else if (input.rows != null) {
                for (int i = 0; i < examples; i++) {
                    code.put(input.number, input.rows[from + i], workspace.f32[input.storage], i * input.size);
                }
            } else if (input.choices != null) {
                for (int i = 0; i < examples; i++) {
                    workspace.i32[input.storage][i] = input.choices[from + i].ordinal();
                }
            } else {
                Categories.copy(input.port, input.ints, from * input.size, workspace.i32[input.storage], length);
            }
        }
    }

    private void store(int from, int examples) {
        for (Binding output : outputs) {
            if (output.floats != null) {
                System.arraycopy(workspace.f32[output.storage], 0, output.floats, from * output.size, examples * output.size);
            }
            if (output.choices != null) {
                choose(output, from, examples);
            }
            if (output.ints != null && output.port.element() == Element.F32) {
                Categories.mostProbable(workspace.f32[output.storage], output.port.categories(), output.ints, from * intsOf(output),
                        examples * intsOf(output));
            } else if (output.ints != null) {
                System.arraycopy(workspace.i32[output.storage], 0, output.ints, from * output.size, examples * output.size);
            }
        }
    }

    private void choose(Binding output, int from, int examples) {
        Enum<?>[] members = code.members(output.number);
        float[] scores = workspace.f32[output.storage];
        for (int i = 0; i < examples; i++) {
            output.choices[from + i] = members[Categories.mostProbable(scores, i * members.length, members.length)];
        }
    }

    private static int intsOf(Binding output) {
        return output.port.element() == Element.F32 ? output.size / output.port.categories() : output.size;
    }

    /// Binds one example of zeros to every input.
    void bindZeros() {
        for (Binding input : inputs) {
            if (input.port.element() == Element.F32) {
                input.floats = new float[input.size];
            } else {
                input.ints = new int[input.size];
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
