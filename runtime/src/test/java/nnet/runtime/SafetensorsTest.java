package nnet.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("t.safetensors");
    }

    private static Map<String, Safetensors.Tensor> twoTensors() {
        float[] data = {0, 1, -2, 3.5f, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE};
        Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
        tensors.put("b.weight", new Safetensors.Tensor(data, 1, new int[]{3, 2}));
        tensors.put("a \"quoted\" \u00e9\n", new Safetensors.Tensor(data, 0, new int[]{}));
        tensors.put("empty", new Safetensors.Tensor(data, 0, new int[]{0, 5}));
        return tensors;
    }

    @Test
    void tensorsComeBackBitForBit() throws IOException {
        Safetensors.write(file(), twoTensors(), Map.of("network", "a.B \\ \u2603"));
        Safetensors read = Safetensors.read(file());
        assertEquals(Map.of("network", "a.B \\ \u2603"), read.metadata());
        assertEquals(List.copyOf(twoTensors().keySet()), StreamSupport.stream(read.names().spliterator(), false).toList());
        assertArrayEquals(new int[]{3, 2}, read.shape("b.weight"));
        float[] values = new float[8];
        read.copy("b.weight", values, 2);
        assertArrayEquals(new float[]{0, 0, 1, -2, 3.5f, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE}, values);
        assertThrows(WeightsException.class, () -> read.shape("c"));
        assertThrows(IndexOutOfBoundsException.class, () -> read.copy("b.weight", values, 3));
    }

    @Test
    void theBytesAreThoseOfTheFormat() throws IOException {
        Safetensors.write(file(), Map.of("w", new Safetensors.Tensor(new float[]{1, 2}, 0, new int[]{2})), Map.of());
        byte[] bytes = Files.readAllBytes(file());
        String header = "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}  ";
        ByteBuffer expected = ByteBuffer.allocate(8 + header.length() + 8).order(ByteOrder.LITTLE_ENDIAN);
        expected.putLong(header.length()).put(header.getBytes(StandardCharsets.US_ASCII)).putFloat(1).putFloat(2);
        assertEquals(0, header.length() % 8);
        assertArrayEquals(expected.array(), bytes);
    }

    @Test
    void largeTensorsGoThroughTheBufferInPieces() throws IOException {
        float[] data = new float[100_001];
        for (int i = 0; i < data.length; i++) {
            data[i] = i;
        }
        Safetensors.write(file(), Map.of("w", new Safetensors.Tensor(data, 1, new int[]{100_000})), Map.of());
        float[] read = new float[100_000];
        Safetensors.read(file()).copy("w", read, 0);
        assertArrayEquals(Arrays.copyOfRange(data, 1, data.length), read);
    }

    @Test
    void otherFloatingPointTypesAreRounded() throws IOException {
        String header = "{\"d\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]},\"h\":{\"dtype\":\"F16\",\"shape\":[6],\"data_offsets\":[8,20]},"
                + "\"b\":{\"dtype\":\"BF16\",\"shape\":[1],\"data_offsets\":[20,22]},\"i\":{\"dtype\":\"I8\",\"shape\":[2],\"data_offsets\":[22,24]}}";
        ByteBuffer data = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN).putDouble(0.1);
        for (int half : new int[]{0x3c00, 0xc000, 0x0001, 0x7bff, 0x7c00, 0x8000}) {
            data.putShort((short) half);
        }
        data.putShort((short) (Float.floatToIntBits(-3) >>> 16));
        Safetensors read = Safetensors.read("x", bytes(header, data.array()));
        float[] values = new float[6];
        read.copy("h", values, 0);
        assertArrayEquals(new float[]{1, -2, 0x1p-24f, 65504, Float.POSITIVE_INFINITY, -0f}, values);
        read.copy("d", values, 0);
        read.copy("b", values, 1);
        assertEquals(0.1f, values[0]);
        assertEquals(-3, values[1]);
        assertThrows(WeightsException.class, () -> read.copy("i", values, 0));
    }

    private static byte[] bytes(String header, byte[] data) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).put(text).put(data)
                .array();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}x", "{\"w\":1}", "{\"w\":{\"dtype\":\"F32\",\"shape\":[1]}}",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
        "{\"w\":{\"dtype\":\"F33\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[4294967297],\"data_offsets\":[0,4]}}",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1073741825,4],\"data_offsets\":[0,4]}}",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,4]}}",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"v\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"w\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]}}",
        "{\"__metadata__\":{\"a\":1}}", "[[[[[[[[[[[[1]]]]]]]]]]]]", "{\"w\\u12\":1}"})
    void aHeaderThatLiesIsRefused(String header) {
        String message = assertThrows(WeightsException.class, () -> Safetensors.read("bad.safetensors", bytes(header, new byte[4])))
                .getMessage();
        assertTrue(message.startsWith("bad.safetensors: "), message);
    }

    @Test
    void aHeaderLongerThanTheFileTakesNoMemory() {
        for (long length : new long[]{-1, 0, 1, 5, 99_999_999, Long.MAX_VALUE}) {
            byte[] bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
            assertThrows(WeightsException.class, () -> Safetensors.read("bad", bytes));
        }
        assertThrows(WeightsException.class, () -> Safetensors.read("bad", new byte[7]));
    }

    /// Whatever happens to a file: it is read, or refused by name; nothing else.
    @Test
    void damagedFilesAreReadOrRefused() throws IOException {
        Safetensors.write(file(), twoTensors(), Map.of("network", "a.B"));
        byte[] good = Files.readAllBytes(file());
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bad = Arrays.copyOf(good, random.nextInt(4) == 0 ? random.nextInt(good.length) : good.length);
            for (int changes = random.nextInt(4); changes > 0 && bad.length > 0; changes--) {
                bad[random.nextInt(
                        bad.length)] = (byte) (random.nextBoolean() ? random.nextInt(256) : "{}[]\",:0129\\".charAt(random.nextInt(12)));
            }
            try {
                Safetensors read = Safetensors.read("bad", bad);
                for (String name : read.names()) {
                    read.copy(name, new float[64], 0);
                }
            } catch (WeightsException e) {
                refused++;
            }
        }
        assertTrue(refused > 5_000, refused + " of 20000");
    }

    @Test
    void aFileThatCannotBeWrittenLeavesTheOldOne() throws IOException {
        Path target = directory.resolve("missing").resolve("t.safetensors");
        assertThrows(IOException.class, () -> Safetensors.write(target, twoTensors(), Map.of()));
        assertEquals(0, directory.toFile().list().length);
    }
}
