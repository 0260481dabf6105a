package nnet.runtime;

import java.util.List;

/// The programs that do one thing to sequences of different lengths, the shortest first. Of a network all of whose dimensions are known there is one.
final class Forms {

    /// By form, then by length of the network: the most elements.
    private final int[][] sizes;
    private final int[] programs;

    Forms(Manifest manifest, String name) {
        List<Manifest.Length> lengths = manifest.lengths();
        int shorter = lengths.isEmpty() ? 0 : lengths.get(0).forms().size();
        sizes = new int[shorter + 1][lengths.size()];
        programs = new int[shorter + 1];
        for (int i = 0; i < shorter; i++) {
            StringBuilder program = new StringBuilder(name);
            for (int length = 0; length < lengths.size(); length++) {
                int size = lengths.get(length).forms().get(i);
                sizes[shorter - 1 - i][length] = size;
                program.append('_').append(size);
            }
            programs[shorter - 1 - i] = manifest.program(program.toString());
        }
        for (int length = 0; length < lengths.size(); length++) {
            sizes[shorter][length] = lengths.get(length).bound();
        }
        programs[shorter] = manifest.program(name);
    }

    int count() {
        return programs.length;
    }

    /// The number of the program of a form.
    int program(int form) {
        return programs[form];
    }

    /// The shortest form for an example, or for several: the one that holds as many elements of each length.
    ///
    /// @param elements from `at` on one number for each length of the network, none above its bound
    int of(int[] elements, int at) {
        int form = 0;
        while (!holds(form, elements, at)) {
            form++;
        }
        return form;
    }

    private boolean holds(int form, int[] elements, int at) {
        for (int length = 0; length < sizes[form].length; length++) {
            if (sizes[form][length] < elements[at + length]) {
                return false;
            }
        }
        return true;
    }
}
