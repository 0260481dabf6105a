package nnet.trainer.data.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import nnet.trainer.data.DataException;

/// The tar format (POSIX ustar, with long names of GNU and pax), gzipped or not: blocks of 512 bytes, a header before each file. Nothing is written to the disk.
public final class Tar {

    private static final int BLOCK = 512;
    private static final long LARGEST_ENTRY = 1 << 26;

    private Tar() {
    }

    /// Hands the plain files of an archive to a visitor, by their names in it.
    ///
    /// @throws DataException if it is not in this format, or damaged
    public static void read(Path file, BiConsumer<String, byte[]> visitor) {
        try (InputStream in = DataFile.open(file)) {
            String longName = "";
            for (byte[] header = in.readNBytes(BLOCK); header.length > 0 && !isZero(header); header = in.readNBytes(BLOCK)) {
                check(file, header);
                byte[] data = data(file, in, header);
                switch (header[156]) {
                    case 'L' -> longName = text(data, 0, data.length);
                    case 'x' -> longName = paxPath(data);
                    case 0, '0' -> {
                        visitor.accept(longName.isEmpty() ? name(header) : longName, data);
                        longName = "";
                    }
                    default -> longName = "";
                }
            }
        } catch (IOException problem) {
            throw DataFile.unreadable(file, problem);
        }
    }

    /// The sum of all bytes of the header, those of the sum itself taken as spaces.
    private static void check(Path file, byte[] header) {
        long sum = 0;
        for (int i = 0; i < header.length; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xFF;
        }
        if (header.length < BLOCK || sum != octal(header, 148, 8)) {
            throw DataException.in(file, "is not a tar archive, or damaged: a header does not have the sum that it says", "");
        }
    }

    private static byte[] data(Path file, InputStream in, byte[] header) throws IOException {
        long size = octal(header, 124, 12);
        if (size < 0 || size > LARGEST_ENTRY) {
            throw DataException.in(file, "says that " + name(header) + " is larger than 64 MiB", "");
        }
        byte[] data = DataFile.bytes(in, size, file);
        in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
        return data;
    }

    private static boolean isZero(byte[] header) {
        for (byte each : header) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    private static String name(byte[] header) {
        boolean isUstar = text(header, 257, 5).equals("ustar");
        String prefix = isUstar ? text(header, 345, 155) : "";
        return (prefix.isEmpty() ? "" : prefix + "/") + text(header, 0, 100);
    }

    /// Up to the first zero byte.
    private static String text(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    /// -1 where it is no number.
    private static long octal(byte[] header, int from, int length) {
        String digits = text(header, from, length).strip();
        return digits.matches("[0-7]{1,11}") ? Long.parseLong(digits, 8) : -1;
    }

    /// Records of the form `length key=value\n`.
    private static String paxPath(byte[] data) {
        for (String line : new String(data, StandardCharsets.UTF_8).split("\n")) {
            int key = line.indexOf(" path=");
            if (key >= 0) {
                return line.substring(key + 6);
            }
        }
        return "";
    }
}
