package nnet.compiler.tensor;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import nnet.compiler.type.Dim;
import nnet.compiler.type.Shape;

/// Index arithmetic of the interpreter.
final class Index {

    private Index() {
    }

    static int[] sizes(Shape shape) {
        return shape.dims().stream().mapToInt(Dim::size).toArray();
    }

    static int count(int[] sizes) {
        int count = 1;
        for (int size : sizes) {
            count *= size;
        }
        return count;
    }

    /// Row-major steps: moving by one along axis i moves by `strides[i]` elements.
    static int[] strides(int[] sizes) {
        int[] strides = new int[sizes.length];
        int stride = 1;
        for (int i = sizes.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= sizes[i];
        }
        return strides;
    }

    /// The place of an index in row-major order.
    static int flat(int[] index, int[] strides) {
        int flat = 0;
        for (int i = 0; i < index.length; i++) {
            flat += index[i] * strides[i];
        }
        return flat;
    }

    /// Every index within `sizes` in row-major order; the array is the same one each time.
    static void forEach(int[] sizes, Consumer<int[]> action) {
        int[] index = new int[sizes.length];
        for (int left = count(sizes); left > 0; left--) {
            action.accept(index);
            for (int i = sizes.length - 1; i >= 0 && ++index[i] == sizes[i]; i--) {
                index[i] = 0;
            }
        }
    }

    /// What is done with a row.
    interface Row {

        /// @param places where its first element lies in each of several tensors; the array is the same one each time
        /// @param steps  how far the next element lies
        /// @param count  elements
        void at(int[] places, int[] steps, int count);
    }

    /// Every row along the last axis of `sizes`, in row-major order, as places in several tensors, whose strides are given. A single number is a row of one element.
    static void forEachRow(int[] sizes, int[][] strides, Row action) {
        int last = sizes.length - 1;
        int[] outer = Arrays.copyOf(sizes, Math.max(0, last));
        int[] steps = Stream.of(strides).mapToInt(own -> last < 0 ? 0 : own[last]).toArray();
        int[] index = new int[outer.length];
        int[] places = new int[strides.length];
        for (int left = count(outer); left > 0; left--) {
            action.at(places, steps, last < 0 ? 1 : sizes[last]);
            boolean carry = true;
            for (int i = outer.length - 1; i >= 0 && carry; i--) {
                carry = ++index[i] == outer[i];
                index[i] = carry ? 0 : index[i];
                for (int k = 0; k < places.length; k++) {
                    places[k] += carry ? -strides[k][i] * (outer[i] - 1) : strides[k][i];
                }
            }
        }
    }
}
