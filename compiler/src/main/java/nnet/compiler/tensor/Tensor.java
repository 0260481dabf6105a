package nnet.compiler.tensor;

import java.util.Arrays;
import nnet.compiler.type.ElementType;
import nnet.compiler.type.Shape;
import nnet.compiler.type.TensorType;

/// A tensor of known shape for the interpreter: row-major doubles (integers and booleans too).
public record Tensor(TensorType type, double[] data) {

    public Tensor {
        if (data.length != type.shape().size().size()) {
            throw new IllegalArgumentException(data.length + " values for " + type);
        }
    }

    public static Tensor f32(Shape shape, double... data) {
        return new Tensor(new TensorType(ElementType.F32, shape), data);
    }

    public static Tensor i32(Shape shape, double... data) {
        return new Tensor(new TensorType(ElementType.I32, shape), data);
    }

    public static Tensor zeros(TensorType type) {
        return new Tensor(type, new double[type.shape().size().size()]);
    }

    /// The sizes of the dimensions.
    int[] sizes() {
        return Index.sizes(type.shape());
    }

    /// The place-th part along the first axis.
    Tensor element(int place) {
        Shape part = new Shape(type.shape().dims().subList(1, type.rank()));
        int size = part.size().size();
        return new Tensor(type.withShape(part), Arrays.copyOfRange(data, place * size, (place + 1) * size));
    }

    /// What remains of a value in a tensor of this element type: integers wrap as in Java after truncation towards zero; floating-point numbers stay as precise as
    /// they are, because the interpreter is the oracle.
    static double stored(ElementType element, double value) {
        return switch (element) {
            case F32, F64, BOOL -> value;
            case I32 -> (int) (long) value;
        };
    }
}
