package nnet.trainer.data;

import java.util.List;

/// Examples as numbers, ready for a network: for each port all examples one after the other. Categories are whole numbers in `integers`, reals
/// are in `reals`; the other array of a port is empty.
public record Dataset(List<Port> inputs, List<Port> targets, int rows, List<Values> values) {

    /// The numbers of one port, `rows * port.size()` of them.
    public record Values(Port port, float[] reals, int[] integers) {

        /// Copies the given rows one after the other to the start of `out`.
        public void gather(int[] rows, int from, int count, float[] out) {
            int size = port.size();
            for (int i = 0; i < count; i++) {
                System.arraycopy(reals, rows[from + i] * size, out, i * size, size);
            }
        }

        /// As above, for a category.
        public void gather(int[] rows, int from, int count, int[] out) {
            for (int i = 0; i < count; i++) {
                out[i] = integers[rows[from + i]];
            }
        }

        Values select(int[] rows) {
            float[] real = new float[port.isCategory() ? 0 : rows.length * port.size()];
            int[] integer = new int[port.isCategory() ? rows.length : 0];
            if (port.isCategory()) {
                gather(rows, 0, rows.length, integer);
            } else {
                gather(rows, 0, rows.length, real);
            }
            return new Values(port, real, integer);
        }
    }

    public Dataset {
        inputs = List.copyOf(inputs);
        targets = List.copyOf(targets);
        values = List.copyOf(values);
    }

    /// The values of input `i`.
    public Values input(int i) {
        return values.get(i);
    }

    /// The values of target `i`.
    public Values target(int i) {
        return values.get(inputs.size() + i);
    }

    /// The same numbers in arrays of their own.
    public Dataset copy() {
        return new Dataset(inputs, targets, rows,
                values.stream().map(v -> new Values(v.port(), v.reals().clone(), v.integers().clone())).toList());
    }

    /// The given rows, in the given order.
    public Dataset select(int[] rows) {
        return new Dataset(inputs, targets, rows.length, values.stream().map(v -> v.select(rows)).toList());
    }
}
