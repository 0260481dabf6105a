package nnet.trainer.data.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import nnet.trainer.data.DataException;

/// A block of numbers as a file holds it: the first axis counts examples.
///
/// @param place what messages call it: a file, or a file and an entry in it
public record NumberBlock(Path place, List<Integer> shape, Cells cells) {

    /// The numbers, row-major.
    public sealed interface Cells {
    }

    /// From 0 to 255.
    public record Bytes(byte[] values) implements Cells {
    }

    public record Wholes(int[] values) implements Cells {
    }

    public record Reals(float[] values) implements Cells {
    }

    /// How numbers are written in a file.
    public enum Format {
        U8(1), I8(1), U16(2), I16(2), I32(4), I64(8), F16(2), F32(4), F64(8);

        private final int bytes;

        Format(int bytes) {
            this.bytes = bytes;
        }

        public int bytes() {
            return bytes;
        }

        Cells read(byte[] data, ByteOrder order, Path place) {
            ByteBuffer buffer = ByteBuffer.wrap(data).order(order);
            int count = data.length / bytes;
            return switch (this) {
                case U8 -> new Bytes(data);
                case I8, U16, I16, I32, I64 -> {
                    int[] values = new int[count];
                    for (int i = 0; i < count; i++) {
                        values[i] = whole(buffer, i, place);
                    }
                    yield new Wholes(values);
                }
                case F16, F32, F64 -> {
                    float[] values = new float[count];
                    for (int i = 0; i < count; i++) {
                        values[i] = real(buffer, i);
                    }
                    yield new Reals(values);
                }
            };
        }

        private int whole(ByteBuffer buffer, int i, Path place) {
            return switch (this) {
                case I8 -> buffer.get(i);
                case U16 -> buffer.getChar(2 * i);
                case I16 -> buffer.getShort(2 * i);
                case I32 -> buffer.getInt(4 * i);
                case I64 -> {
                    long value = buffer.getLong(8 * i);
                    if (value != (int) value) {
                        throw DataException.in(place, "holds " + value + ", which does not fit into 32 bits", "");
                    }
                    yield (int) value;
                }
                case U8, F16, F32, F64 -> throw new IllegalStateException(this + " is no signed whole number");
            };
        }

        private float real(ByteBuffer buffer, int i) {
            return switch (this) {
                case F16 -> Float.float16ToFloat(buffer.getShort(2 * i));
                case F32 -> buffer.getFloat(4 * i);
                case F64 -> (float) buffer.getDouble(8 * i);
                case U8, I8, U16, I16, I32, I64 -> throw new IllegalStateException(this + " is no real number");
            };
        }
    }

    /// @throws DataException if it has no axis, or no examples
    public NumberBlock {
        shape = List.copyOf(shape);
        if (shape.isEmpty() || shape.contains(0)) {
            throw DataException.in(place, "holds no examples: its shape is " + shape, "");
        }
    }

    /// How many examples there are.
    public int rows() {
        return shape.getFirst();
    }

    /// The shape of one example.
    public List<Integer> example() {
        return shape.subList(1, shape.size());
    }

    /// `28 x 28`, or `single numbers`.
    public String describeExample() {
        return example().isEmpty() ? "single numbers" : example().stream().map(String::valueOf).collect(Collectors.joining(" x "));
    }
}
