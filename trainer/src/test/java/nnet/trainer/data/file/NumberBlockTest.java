package nnet.trainer.data.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import nnet.trainer.data.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumberBlockTest {

    @TempDir
    Path folder;

    private Path write(String name, byte[]... parts) throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
            for (byte[] part : parts) {
                out.write(part);
            }
        }
        return folder.resolve(name);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    /// As `numpy.save` writes it.
    private static byte[] npy(String type, String shape, byte[] data) {
        String header = "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(type, shape);
        byte[] text = (header + " ".repeat(63 - (10 + header.length()) % 64) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(10 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN).put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.ISO_8859_1)).put((byte) 1).put((byte) 0).putShort((short) text.length).put(text)
                .put(data)
                .array();
    }

    private static String refusal(Path file) {
        String message = assertThrows(DataException.class, () -> {
            if (file.toString().endsWith("npy")) {
                Npy.read(file);
            } else {
                Idx.read(file);
            }
        }).getMessage();
        return message.replace(file.getParent() + "/", "");
    }

    @Test
    void idxIsReadPlainAndZipped() throws IOException {
        byte[] head = bytes(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3);
        byte[] data = bytes(1, 2, 3, 253, 254, 255);
        NumberBlock plain = Idx.read(write("plain", head, data));
        assertEquals(List.of(2, 3), plain.shape());
        assertArrayEquals(data, assertInstanceOf(NumberBlock.Bytes.class, plain.cells()).values());
        Path zipped = folder.resolve("zipped");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write(head);
            out.write(data);
        }
        assertArrayEquals(data, assertInstanceOf(NumberBlock.Bytes.class, Idx.read(zipped).cells()).values());
    }

    @Test
    void everyTypeOfNumberIsRead() throws IOException {
        byte[] halves = bytes(0, 0x3C, 0, 0xC0);
        assertArrayEquals(new float[]{1, -2},
                assertInstanceOf(NumberBlock.Reals.class, Npy.read(write("a.npy", npy("<f2", "(2,)", halves))).cells()).values());
        byte[] doubles = ByteBuffer.allocate(16).putDouble(0.5).putDouble(-3).array();
        assertArrayEquals(new float[]{0.5f, -3},
                assertInstanceOf(NumberBlock.Reals.class, Npy.read(write("b.npy", npy(">f8", "(2,)", doubles))).cells()).values());
        byte[] longs = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(-7).putLong(1L << 30).array();
        assertArrayEquals(new int[]{-7, 1 << 30},
                assertInstanceOf(NumberBlock.Wholes.class, Npy.read(write("c.npy", npy("<i8", "(2,)", longs))).cells()).values());
        assertArrayEquals(new int[]{258, -2},
                assertInstanceOf(NumberBlock.Wholes.class, Idx.read(write("d", bytes(0, 0, 0x0B, 1, 0, 0, 0, 2, 1, 2, 255, 254))).cells())
                        .values());
    }

    @Test
    void sizesAreCheckedBeforeMemoryIsTaken() throws IOException {
        assertEquals("huge: says that its shape is [2147483647, 2147483647], which is too large",
                refusal(write("huge", bytes(0, 0, 8, 2, 127, 255, 255, 255, 127, 255, 255, 255))));
        assertEquals("lie: is cut short: it says that it holds 2130706432 bytes of data, but 1 are there",
                refusal(write("lie", bytes(0, 0, 8, 1, 127, 0, 0, 0, 1))));
        assertEquals("long: holds more bytes than its header says", refusal(write("long", bytes(0, 0, 8, 1, 0, 0, 0, 1, 1, 2))));
        assertEquals("wide.npy: says that its shape is (9999999999,), which is too large",
                refusal(write("wide.npy", npy("<f4", "(9999999999,)", bytes()))));
    }

    @Test
    void foreignFilesAreRefused() throws IOException {
        assertTrue(refusal(write("text", "a,b,c\n".getBytes(StandardCharsets.US_ASCII))).startsWith("text: is not an IDX file"));
        assertTrue(refusal(write("x.npy", bytes(1, 2, 3))).startsWith("x.npy: is not an array of NumPy"));
        assertTrue(refusal(write("objects.npy", npy("|O", "(1,)", bytes(1)))).contains("not that of an array of plain numbers"));
        assertEquals("complex.npy: holds numbers of type c8, which cannot be read",
                refusal(write("complex.npy", npy("<c8", "(1,)", new byte[8]))));
        assertEquals("empty.npy: holds no examples: its shape is [0, 3]", refusal(write("empty.npy", npy("<f4", "(0, 3)", bytes()))));
    }

    @Test
    void damagedFilesNeverBreakTheReader() throws IOException {
        Hostile.check(write("good.idx", bytes(0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3), new byte[6]), Idx::read);
        Hostile.check(write("good.npy", npy("<f4", "(3, 2)", new byte[24])), Npy::read);
        Path archive = folder.resolve("good.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry("x.npy"));
            zip.write(npy("<f4", "(3, 2)", new byte[24]));
        }
        Hostile.check(archive, file -> Npy.read(file, "x"));
    }
}
