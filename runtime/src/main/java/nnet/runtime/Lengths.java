package nnet.runtime;

/// How many elements the sequences of some examples have, and which of the examples a form takes.
final class Lengths {

    private final Manifest.Length length;
    private int[] lengths = new int[0];
    private final int[] selected;
    private int count;

    /// @param most examples at a time
    Lengths(Manifest.Length length, int most) {
        this.length = length;
        selected = new int[most];
    }

    /// Finds the lengths of the first examples: those of the arrays, or what the user says where sequences lie in one array of all examples.
    ///
    /// @throws IllegalArgumentException if one is no length of a sequence
    void read(Binding[] inputs, int examples) {
        if (lengths.length < examples) {
            lengths = new int[examples];
        }
        Binding said = said(inputs);
        for (int i = 0; i < examples; i++) {
            lengths[i] = said.ints == null ? 0 : said.ints[i];
        }
        for (Binding input : inputs) {
            for (int i = 0; input.sequences != null && i < examples; i++) {
                int found = input.length(i);
                if (lengths[i] != 0 && lengths[i] != found) {
                    throw new IllegalArgumentException("sequence " + i + " of '" + input.port.name() + "' has " + found + " elements, not "
                            + lengths[i] + " as others of that example");
                }
                lengths[i] = found;
            }
        }
        for (int i = 0; i < examples; i++) {
            length.check(lengths[i], i);
        }
    }

    private Binding said(Binding[] inputs) {
        for (Binding input : inputs) {
            if (input.port.name().equals(length.name())) {
                return input;
            }
        }
        throw new IllegalStateException("no input '" + length.name() + "'");
    }

    /// Selects those of the examples from a number on that a form takes.
    ///
    /// @return how many
    int select(Forms forms, int form, int from, int examples) {
        count = 0;
        for (int i = from; i < from + examples; i++) {
            if (forms.of(lengths[i]) == form) {
                selected[count++] = i;
            }
        }
        return count;
    }

    /// The examples that were selected, and the lengths of all.
    int[] selected() {
        return selected;
    }

    int[] all() {
        return lengths;
    }
}
