package nnet.trainer.data.file;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nnet.trainer.data.DataException;
import nnet.trainer.data.file.NumberBlock.Format;

/// The IDX format of MNIST: two zero bytes, one for the kind of numbers, one for the number of axes, the axes (32 bits each) and the numbers, all of them with the
/// highest byte first.
public final class Idx {

    private Idx() {
    }

    /// @throws DataException if it is not in this format, or damaged
    public static NumberBlock read(Path file) {
        try (DataInputStream in = new DataInputStream(DataFile.open(file))) {
            byte[] head = in.readNBytes(4);
            if (head.length < 4 || head[0] != 0 || head[1] != 0 || head[3] < 1) {
                throw DataException.in(file, "is not an IDX file: it does not begin with two zero bytes, a type and a number of axes", "");
            }
            Format format = format(file, head[2]);
            List<Integer> shape = new ArrayList<>();
            for (int axis = 0; axis < head[3]; axis++) {
                shape.add(in.readInt());
            }
            byte[] data = DataFile.bytes(in, (long) DataFile.count(shape, file) * format.bytes(), file);
            DataFile.end(in, file);
            return new NumberBlock(file, shape, format.read(data, ByteOrder.BIG_ENDIAN, file));
        } catch (IOException problem) {
            throw DataFile.unreadable(file, problem);
        }
    }

    private static Format format(Path file, byte code) {
        return switch (code) {
            case 0x08 -> Format.U8;
            case 0x09 -> Format.I8;
            case 0x0B -> Format.I16;
            case 0x0C -> Format.I32;
            case 0x0D -> Format.F32;
            case 0x0E -> Format.F64;
            default -> throw DataException.in(file, "is not an IDX file: it has no numbers of type " + code, "");
        };
    }
}
