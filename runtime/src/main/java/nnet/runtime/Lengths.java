package nnet.runtime;

import java.util.List;

/// How many elements the sequences of some examples have, and which of the examples a form takes.
final class Lengths {

    private final List<Manifest.Length> lengths;
    /// Example after example, for each length of the network.
    private int[] elements = new int[0];
    private final int[] selected;

    /// @param most examples at a time
    Lengths(List<Manifest.Length> lengths, int most) {
        this.lengths = lengths;
        selected = new int[most];
    }

    /// Finds the lengths of the first examples: those of the arrays, or what the user says where sequences lie in one array of all examples.
    ///
    /// @throws IllegalArgumentException if one is no length of a sequence
    void read(Binding[] inputs, int examples) {
        if (elements.length < examples * lengths.size()) {
            elements = new int[examples * lengths.size()];
        }
        for (int length = 0; length < lengths.size(); length++) {
            read(inputs, length, examples);
        }
    }

    private void read(Binding[] inputs, int length, int examples) {
        int[] said = said(inputs, length).ints;
        for (int i = 0; i < examples; i++) {
            elements[place(length, i)] = said == null ? 0 : said[i];
        }
        for (Binding input : inputs) {
            for (int i = 0; input.sequences != null && input.length == length && i < examples; i++) {
                int found = input.elements(i);
                if (of(length, i) != 0 && of(length, i) != found) {
                    throw new IllegalArgumentException("sequence " + i + " of '" + input.port.name() + "' has " + found + " elements, not "
                            + of(length, i) + " as others of that example");
                }
                elements[place(length, i)] = found;
            }
        }
        for (int i = 0; i < examples; i++) {
            lengths.get(length).check(of(length, i), i);
        }
    }

    private static Binding said(Binding[] inputs, int length) {
        for (Binding input : inputs) {
            if (input.said == length) {
                return input;
            }
        }
        throw new IllegalStateException("no input says length " + length);
    }

    private int place(int length, int example) {
        return example * lengths.size() + length;
    }

    /// How many elements the sequences of one length have in an example.
    int of(int length, int example) {
        return elements[place(length, example)];
    }

    /// Selects those of the examples from a number on that a form takes.
    ///
    /// @return how many
    int select(Forms forms, int form, int from, int examples) {
        int count = 0;
        for (int i = from; i < from + examples; i++) {
            if (forms.of(elements, place(0, i)) == form) {
                selected[count++] = i;
            }
        }
        return count;
    }

    /// The examples that were selected.
    int[] selected() {
        return selected;
    }
}
