package nnet.compiler.tensor;

import java.util.function.Consumer;
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

    /// Every index within `sizes` in row-major order, as its place in each of several tensors, whose strides are given; the array is the same one each time.
    static void forEach(int[] sizes, int[][] strides, Consumer<int[]> action) {
        int[] index = new int[sizes.length];
        int[] places = new int[strides.length];
        for (int left = count(sizes); left > 0; left--) {
            action.accept(places);
            boolean carry = true;
            for (int i = sizes.length - 1; i >= 0 && carry; i--) {
                carry = ++index[i] == sizes[i];
                index[i] = carry ? 0 : index[i];
                for (int k = 0; k < places.length; k++) {
                    places[k] += carry ? -strides[k][i] * (sizes[i] - 1) : strides[k][i];
                }
            }
        }
    }
}
