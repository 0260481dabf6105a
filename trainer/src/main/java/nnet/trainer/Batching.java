package nnet.trainer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import nnet.runtime.Manifest;
import nnet.trainer.data.Dataset;
import nnet.trainer.data.Permutation;

/// Divides the examples of an epoch into batches. Where the network has forms for sequences of several lengths, a batch holds examples of one form, so that few of its
/// elements are padding.
final class Batching {

    /// By example the number of its form.
    private final int[] forms;
    private final int count;
    private final int batch;

    private Batching(int[] forms, int count, int batch) {
        this.forms = forms;
        this.count = count;
        this.batch = batch;
    }

    /// @param lengths of the sequences of the network
    static Batching of(List<Manifest.Length> lengths, Dataset data, int batch) {
        int shorter = lengths.isEmpty() ? 0 : lengths.getFirst().forms().size();
        int[] forms = new int[data.rows()];
        Arrays.fill(forms, shorter);
        for (Manifest.Length length : lengths) {
            int[] elements = data.columns().stream().filter(column -> column.port().name().equals(length.name())).findFirst().orElseThrow()
                    .integers();
            for (int i = 0; i < forms.length; i++) {
                int each = elements[i];
                // Forms come from long to short, so those that hold an example are the first ones.
                forms[i] = Math.min(forms[i], (int) length.forms().stream().filter(form -> each <= form).count());
            }
        }
        return new Batching(forms, shorter + 1, batch);
    }

    /// How many batches there are in each epoch.
    int steps() {
        int[] sizes = new int[count];
        for (int form : forms) {
            sizes[form]++;
        }
        int steps = 0;
        for (int size : sizes) {
            steps += Math.ceilDiv(size, batch);
        }
        return steps;
    }

    /// The batches of examples in a given order; of several forms they come in an order drawn for the epoch.
    int[][] batches(int[] order, long seed, int epoch) {
        int[][] batches = new int[steps()][];
        int made = 0;
        for (int form = 0; form < count; form++) {
            for (int[] one : cut(of(form, order))) {
                batches[made++] = one;
            }
        }
        if (count == 1) {
            return batches;
        }
        int[] places = Permutation.of(batches.length, seed, epoch);
        int[][] drawn = new int[batches.length][];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = batches[places[i]];
        }
        return drawn;
    }

    private int[] of(int form, int[] order) {
        int[] chosen = new int[order.length];
        int size = 0;
        for (int example : order) {
            if (forms[example] == form) {
                chosen[size++] = example;
            }
        }
        return Arrays.copyOf(chosen, size);
    }

    private List<int[]> cut(int[] examples) {
        List<int[]> batches = new ArrayList<>();
        for (int from = 0; from < examples.length; from += batch) {
            batches.add(Arrays.copyOfRange(examples, from, Math.min(from + batch, examples.length)));
        }
        return batches;
    }
}
