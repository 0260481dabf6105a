package nnet.runtime;

import java.util.List;

/// The programs that do one thing to sequences of different lengths, the shortest first. Of a network all of whose dimensions are known there is one.
final class Forms {

    /// The longest sequence of each form.
    private final int[] lengths;
    private final int[] programs;

    Forms(Manifest manifest, String name) {
        List<Integer> shorter = manifest.length().isPresent() ? manifest.length().get().forms() : List.of();
        int count = shorter.size() + 1;
        lengths = new int[count];
        programs = new int[count];
        for (int i = 0; i < shorter.size(); i++) {
            lengths[count - 2 - i] = shorter.get(i);
            programs[count - 2 - i] = manifest.program(name + "_" + shorter.get(i));
        }
        lengths[count - 1] = manifest.length().isPresent() ? manifest.length().get().bound() : Integer.MAX_VALUE;
        programs[count - 1] = manifest.program(name);
    }

    int count() {
        return programs.length;
    }

    /// The number of the program of a form.
    int program(int form) {
        return programs[form];
    }

    /// The shortest form for sequences of this length.
    int of(int length) {
        int form = 0;
        while (lengths[form] < length) {
            form++;
        }
        return form;
    }
}
