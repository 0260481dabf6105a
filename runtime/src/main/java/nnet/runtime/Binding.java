package nnet.runtime;

import java.util.Arrays;
import java.util.List;

/// An input or output of a prediction: the array of the user, and where it lies in the workspaces.
///
/// Sequences have the size of the bound in one array of all examples, their own length in an array for each example, and the length of the form in a workspace. What
/// lies behind the elements of an example is zero there.
final class Binding {

    private static final int NONE = -1;

    final Manifest.Port port;
    /// Elements of one example in an array of all examples.
    final int size;
    private final int number;
    private final Placement placement;
    /// The number of the length that it has as a sequence; -1 where it is none.
    final int length;
    /// The number of the length that it says; -1 where it is another input.
    final int said;
    /// Numbers for each element of a sequence.
    private final int width;
    float[] floats;
    int[] ints;
    Record[] rows;
    Enum<?>[] choices;
    /// An array for each example, `float[][]` or `int[][]`.
    Object[] sequences;

    Binding(Manifest manifest, Forms forms, Manifest.Port port, int number) {
        this.port = port;
        this.number = number;
        size = port.size();
        placement = new Placement(manifest, forms, port);
        int ofSequence = NONE;
        int ofNumber = NONE;
        List<Manifest.Length> lengths = manifest.lengths();
        for (int i = 0; i < lengths.size(); i++) {
            ofSequence = lengths.get(i).sequences().contains(port.name()) ? i : ofSequence;
            ofNumber = lengths.get(i).name().equals(port.name()) ? i : ofNumber;
        }
        length = ofSequence;
        said = ofNumber;
        width = isSequence() ? size / lengths.get(length).bound() : 0;
    }

    /// Whether its first dimension is known only at run time.
    boolean isSequence() {
        return length != NONE;
    }

    /// Whether it is how many elements sequences have. That may be left to the arrays of these.
    boolean isLength() {
        return said != NONE;
    }

    /// Forgets its array; there is at most one.
    void clear() {
        floats = null;
        ints = null;
        rows = null;
        choices = null;
        sequences = null;
    }

    /// Elements of a sequence that has an array of its own.
    ///
    /// @throws IllegalArgumentException if the array ends within an element
    int elements(int example) {
        int values = sequences instanceof float[][] reals ? reals[example].length : ((int[][]) sequences)[example].length;
        if (values % width != 0) {
            throw new IllegalArgumentException("'" + port.name() + "' takes " + width + " values for each element of a sequence; sequence "
                    + example + " has " + values);
        }
        return values / width;
    }

    /// Copies examples into a workspace: of a network of sequences one at a time, since a shorter form takes the beginning of each.
    ///
    /// @param lengths of the sequences of all examples; null where the network has none
    void load(NetworkCode code, Workspace workspace, int form, int from, int at, int examples, Lengths lengths) {
        if (!placement.isUsed(form)) {
            return;
        }
        int storage = placement.storage(form);
        int taken = placement.size(form);
        if (isLength()) {
            workspace.i32[storage][at] = lengths.of(said, from);
        } else if (isSequence()) {
            loadSequence(workspace, form, from, at, lengths.of(length, from));
        } else if (floats != null) {
            System.arraycopy(floats, from * size, workspace.f32[storage], at * taken, examples * taken);
        } else if (rows != null) {
            for (int i = 0; i < examples; i++) {
                code.putChecked(number, rows[from + i], workspace.f32[storage], (at + i) * size);
            }
        } else if (choices != null) {
            for (int i = 0; i < examples; i++) {
                workspace.i32[storage][at + i] = choices[from + i].ordinal();
            }
        } else {
            Categories.copy(port, ints, from * size, workspace.i32[storage], at * taken, examples * taken);
        }
    }

    private void loadSequence(Workspace workspace, int form, int from, int at, int elements) {
        int filled = elements * width;
        int storage = placement.storage(form);
        int begin = at * placement.size(form);
        int end = begin + placement.size(form);
        if (port.element() == Element.F32) {
            float[] values = sequences == null ? floats : ((float[][]) sequences)[from];
            System.arraycopy(values, sequences == null ? from * size : 0, workspace.f32[storage], begin, filled);
            Arrays.fill(workspace.f32[storage], begin + filled, end, 0);
        } else {
            int[] values = sequences == null ? ints : ((int[][]) sequences)[from];
            Categories.copy(port, values, sequences == null ? from * size : 0, workspace.i32[storage], begin, filled);
            Arrays.fill(workspace.i32[storage], begin + filled, end, 0);
        }
    }

    /// Copies what came out for some examples to the arrays of the user. Of a form that is shorter than the bound, the rest of an example is zero.
    void store(NetworkCode code, Workspace workspace, int form, int at, int from, int examples) {
        if (placement.size(form) != size && examples > 1) {
            for (int i = 0; i < examples; i++) {
                store(code, workspace, form, at + i, from + i, 1);
            }
            return;
        }
        int storage = placement.storage(form);
        int given = placement.size(form);
        if (floats != null) {
            System.arraycopy(workspace.f32[storage], at * given, floats, from * size, examples * given);
            Arrays.fill(floats, from * size + examples * given, (from + examples) * size, 0);
        }
        if (choices != null) {
            choose(code, workspace.f32[storage], at, from, examples);
        }
        if (ints != null && port.element() == Element.F32) {
            int categories = port.categories();
            Categories.mostProbable(workspace.f32[storage], at * given, categories, ints, from * chosen(), examples * given / categories);
            Arrays.fill(ints, from * chosen() + examples * given / categories, (from + examples) * chosen(), 0);
        } else if (ints != null) {
            System.arraycopy(workspace.i32[storage], at * given, ints, from * size, examples * given);
            Arrays.fill(ints, from * size + examples * given, (from + examples) * size, 0);
        }
    }

    private void choose(NetworkCode code, float[] scores, int at, int from, int examples) {
        Enum<?>[] members = code.members(number);
        for (int i = 0; i < examples; i++) {
            choices[from + i] = members[Categories.mostProbable(scores, (at + i) * members.length, members.length)];
        }
    }

    /// Elements of one example of an output in an array of integers.
    int chosen() {
        return port.element() == Element.F32 ? size / port.categories() : size;
    }

    /// Throws if an array is too short for so many examples.
    void checkInput(int count) {
        if (floats != null) {
            checkLength(floats.length, size, count);
        } else if (ints != null) {
            checkLength(ints.length, size, count);
        } else if (rows != null) {
            checkLength(rows.length, 1, count);
        } else if (choices != null) {
            checkLength(choices.length, 1, count);
        } else if (sequences != null) {
            checkLength(sequences.length, 1, count);
        } else if (!isLength()) {
            throw new IllegalStateException("input '" + port.name() + "' has no array");
        }
    }

    void checkOutput(int count) {
        if (floats != null) {
            checkLength(floats.length, size, count);
        }
        if (ints != null) {
            checkLength(ints.length, chosen(), count);
        }
        if (choices != null) {
            checkLength(choices.length, 1, count);
        }
    }

    private void checkLength(int length, int each, int count) {
        if (length < (long) each * count) {
            throw new IllegalArgumentException(
                    "'" + port.name() + "' takes " + each + " values for each example; an array of " + length + " is too short for "
                            + count);
        }
    }
}
