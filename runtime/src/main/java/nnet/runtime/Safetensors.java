package nnet.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// Named tensors in the safetensors format: the length of a header (8 bytes, little-endian), the header in JSON, the data of all tensors one after the other.
///
/// A file is untrusted: every number is checked before memory is taken or data is read. Writing gives the same bytes for the same tensors in the same order.
/// See https://github.com/huggingface/safetensors (format).
public final class Safetensors {

    /// The limit of the reference implementation.
    static final int MAX_HEADER = 100_000_000;

    private final String name;
    private final ByteBuffer data;
    private final Map<String, SafetensorsHeader.Entry> entries;
    private final Map<String, String> metadata;

    private Safetensors(String name, ByteBuffer data, SafetensorsHeader header) {
        this.name = name;
        this.data = data;
        entries = header.entries();
        metadata = header.metadata();
    }

    /// A tensor to write: `f32` data from `offset` on, as much as the shape says.
    public record Tensor(float[] data, int offset, int[] shape) {

        public int size() {
            int size = 1;
            for (int dimension : shape) {
                size = Math.multiplyExact(size, dimension);
            }
            return size;
        }
    }

    /// Reads a file.
    ///
    /// @throws WeightsException if it is not a safetensors file, or damaged
    /// @throws IOException      if it cannot be read
    public static Safetensors read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new WeightsException(file + ": is a folder, not a file");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size > Integer.MAX_VALUE - 16) {
                throw new WeightsException(file + ": " + size + " bytes are more than the 2 GiB that this reader takes");
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) size);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // until the end of the file
            }
            return parse(file.toString(), bytes.flip());
        }
    }

    /// Reads bytes; `name` is what messages call them.
    ///
    /// @throws WeightsException if they are not in this format, or damaged
    public static Safetensors read(String name, byte[] bytes) throws WeightsException {
        return parse(name, ByteBuffer.wrap(bytes));
    }

    private static Safetensors parse(String name, ByteBuffer bytes) throws WeightsException {
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.remaining() < 8) {
            throw new WeightsException(name + ": not a safetensors file, it has only " + bytes.remaining() + " bytes");
        }
        long length = bytes.getLong(0);
        if (length < 2 || length > MAX_HEADER || length > bytes.remaining() - 8) {
            throw new WeightsException(name + ": not a safetensors file (or cut short): its first 8 bytes give a header of "
                    + Long.toUnsignedString(length) + " bytes");
        }
        byte[] header = new byte[(int) length];
        bytes.get(8, header);
        ByteBuffer data = bytes.slice(8 + header.length, bytes.remaining() - 8 - header.length).order(ByteOrder.LITTLE_ENDIAN);
        try {
            return new Safetensors(name, data, SafetensorsHeader.parse(header, data.remaining()));
        } catch (SafetensorsHeader.BadHeader e) {
            throw new WeightsException(name + ": " + e.getMessage());
        }
    }

    /// What messages call the file.
    public String name() {
        return name;
    }

    /// Names of all tensors, in the order of the header.
    public Iterable<String> names() {
        return entries.keySet();
    }

    public boolean has(String tensor) {
        return entries.containsKey(tensor);
    }

    /// Free text by key, such as the network's name.
    public Map<String, String> metadata() {
        return metadata;
    }

    /// The shape of a tensor.
    ///
    /// @throws WeightsException if there is no such tensor
    public int[] shape(String tensor) throws WeightsException {
        return entry(tensor).shape().clone();
    }

    /// Number of elements of a tensor.
    ///
    /// @throws WeightsException if there is no such tensor
    public int size(String tensor) throws WeightsException {
        return entry(tensor).size();
    }

    /// Copies a tensor of `F32`, `F64`, `F16` or `BF16` into `target` from `offset` on, rounding to `f32`.
    ///
    /// @throws WeightsException          if there is no such tensor, or it has no floating-point numbers
    /// @throws IndexOutOfBoundsException if it does not fit
    public void copy(String tensor, float[] target, int offset) throws WeightsException {
        SafetensorsHeader.Entry entry = entry(tensor);
        Objects.checkFromIndexSize(offset, entry.size(), target.length);
        int at = entry.begin();
        switch (entry.type()) {
            case "F32" -> data.slice(at, entry.size() * 4).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(target, offset, entry.size());
            case "F64" -> {
                for (int i = 0; i < entry.size(); i++) {
                    target[offset + i] = (float) data.getDouble(at + 8 * i);
                }
            }
            case "BF16" -> {
                for (int i = 0; i < entry.size(); i++) {
                    target[offset + i] = Float.intBitsToFloat(data.getShort(at + 2 * i) << 16);
                }
            }
            case "F16" -> {
                for (int i = 0; i < entry.size(); i++) {
                    target[offset + i] = half(data.getShort(at + 2 * i));
                }
            }
            default ->
                throw new WeightsException(name + ": tensor '" + tensor + "' is " + entry.type() + "; F32, F64, F16 or BF16 is needed");
        }
    }

    private SafetensorsHeader.Entry entry(String tensor) throws WeightsException {
        SafetensorsHeader.Entry entry = entries.get(tensor);
        if (entry == null) {
            throw new WeightsException(name + ": no tensor is called '" + tensor + "'");
        }
        return entry;
    }

    /// IEEE 754 binary16: one bit of sign, five of exponent (bias 15), ten of fraction. `Float.float16ToFloat` came after Java 17.
    static float half(short bits) {
        int exponent = bits >> 10 & 31;
        int fraction = bits & 1023;
        float magnitude = switch (exponent) {
            case 0 -> fraction * 0x1p-24f;
            case 31 -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            default -> Float.intBitsToFloat(exponent - 15 + 127 << 23 | fraction << 13);
        };
        return bits < 0 ? -magnitude : magnitude;
    }

    /// Writes `f32` tensors in the order of the map. The file appears whole or not at all: it is written beside its place and moved there.
    ///
    /// @throws IOException if it cannot be written; what was there before is then untouched
    public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        byte[] header = SafetensorsHeader.write(tensors, metadata).getBytes(StandardCharsets.UTF_8);
        Path target = file.toAbsolutePath();
        Path draft = target.resolveSibling("." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
                flush(channel, buffer.putLong(header.length));
                flush(channel, ByteBuffer.wrap(header).position(header.length));
                for (Tensor tensor : tensors.values()) {
                    write(channel, buffer, tensor);
                }
                channel.force(true);
            }
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static void write(FileChannel channel, ByteBuffer buffer, Tensor tensor) throws IOException {
        int end = tensor.offset() + tensor.size();
        for (int i = tensor.offset(); i < end; i += buffer.capacity() / 4) {
            int count = Math.min(buffer.capacity() / 4, end - i);
            buffer.asFloatBuffer().put(tensor.data(), i, count);
            flush(channel, buffer.position(4 * count));
        }
    }

    /// Writes what has been put, and empties the buffer.
    private static void flush(FileChannel channel, ByteBuffer buffer) throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    /// The metadata of a file with its tensors' names and shapes, for messages.
    @Override
    public String toString() {
        Map<String, String> shapes = new LinkedHashMap<>();
        for (Map.Entry<String, SafetensorsHeader.Entry> each : entries.entrySet()) {
            shapes.put(each.getKey(), Arrays.toString(each.getValue().shape()));
        }
        return name + shapes;
    }
}
