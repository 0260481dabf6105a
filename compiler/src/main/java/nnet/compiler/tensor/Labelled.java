package nnet.compiler.tensor;

import java.util.List;

/// A tensor whose axes carry labels: an element is found by an index that has a number for each label, those of others included.
record Labelled(Tensor tensor, int[] labels, int[] sizes) {

    Labelled(Tensor tensor, List<Integer> labels) {
        this(tensor, labels.stream().mapToInt(Integer::intValue).toArray(), tensor.sizes());
    }

    double at(int[] index) {
        return tensor.data()[place(index)];
    }

    void add(int[] index, double value) {
        tensor.data()[place(index)] += value;
    }

    private int place(int[] index) {
        int place = 0;
        for (int axis = 0; axis < labels.length; axis++) {
            place = place * sizes[axis] + index[labels[axis]];
        }
        return place;
    }
}
