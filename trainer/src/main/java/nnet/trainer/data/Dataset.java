package nnet.trainer.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/// Examples ready for a network: rows of a source as values for each input and target.
///
/// @param places which rows of `values` the examples are
/// @param values for each input, then for each target
public record Dataset(List<Port> inputs, List<Port> targets, Rows places, List<Values> values) {

    /// One port of the examples.
    public record Column(Values values, Rows places) {

        public Port port() {
            return values.port();
        }

        /// Writes some examples of a port of real numbers to the start of `out`: those with the numbers `order[from]` to `order[from + count - 1]`.
        public void gather(int[] order, int from, int count, float[] out) {
            Values.Real real = (Values.Real) values;
            int size = port().size();
            for (int i = 0; i < count; i++) {
                real.read(places.at(order[from + i]), out, i * size);
            }
        }

        /// The same for a port of whole numbers.
        public void gather(int[] order, int from, int count, int[] out) {
            Values.Whole whole = (Values.Whole) values;
            int size = port().size();
            for (int i = 0; i < count; i++) {
                whole.read(places.at(order[from + i]), out, i * size);
            }
        }

        /// All numbers, one example after the other: `float[]` or `int[]`.
        public Object numbers() {
            return switch (values) {
                case Values.Real _ -> reals();
                case Values.Whole _ -> integers();
            };
        }

        /// All numbers, one example after the other.
        public float[] reals() {
            float[] out = new float[Math.multiplyExact(places.count(), port().size())];
            gather(identity(places.count()), 0, places.count(), out);
            return out;
        }

        /// All whole numbers, one example after the other.
        public int[] integers() {
            int[] out = new int[Math.multiplyExact(places.count(), port().size())];
            gather(identity(places.count()), 0, places.count(), out);
            return out;
        }
    }

    public Dataset {
        inputs = List.copyOf(inputs);
        targets = List.copyOf(targets);
        values = List.copyOf(values);
    }

    /// All rows of some values.
    public static Dataset of(List<Values> inputs, List<Values> targets, int rows) {
        List<Values> values = new ArrayList<>(inputs);
        values.addAll(targets);
        return new Dataset(inputs.stream().map(Values::port).toList(), targets.stream().map(Values::port).toList(), Rows.all(rows), values);
    }

    /// How many examples there are.
    public int rows() {
        return places.count();
    }

    public List<Column> columns() {
        return values.stream().map(each -> new Column(each, places)).toList();
    }

    public Column input(int i) {
        return new Column(values.get(i), places);
    }

    public Column target(int i) {
        return new Column(values.get(inputs.size() + i), places);
    }

    /// Some of the examples, in the given order.
    public Dataset select(Rows rows) {
        return new Dataset(inputs, targets, places.pick(rows), values);
    }

    /// The inputs alone.
    public Dataset withoutTargets() {
        return new Dataset(inputs, List.of(), places, values.subList(0, inputs.size()));
    }

    /// The examples as an epoch of training sees them; epoch 0 is the data as it is.
    public Dataset in(int epoch) {
        return map(each -> each.in(epoch));
    }

    /// The examples with their inputs of real numbers changed at random in each epoch.
    public Dataset augmented(List<Augmentation> changes, long seed) {
        return changes.isEmpty() ? this : map(each -> {
            boolean isInput = inputs.contains(each.port());
            return isInput && each instanceof Values.Real real ? new Values.Augmented(real, changes, seed, 0) : each;
        });
    }

    /// The same examples with other values for the same ports.
    public Dataset map(UnaryOperator<Values> change) {
        return new Dataset(inputs, targets, places, values.stream().map(change).toList());
    }

    /// 0, 1, 2, ...: the order of the source.
    public static int[] identity(int rows) {
        int[] order = new int[rows];
        Arrays.setAll(order, i -> i);
        return order;
    }
}
