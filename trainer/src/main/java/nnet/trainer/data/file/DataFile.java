package nnet.trainer.data.file;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import nnet.trainer.data.DataException;

/// A file that is read once, from its beginning; gzipped or not, which its first bytes tell and not its name.
public final class DataFile {

    /// The largest array that every JVM can make.
    private static final long LARGEST = Integer.MAX_VALUE - 16;

    private DataFile() {
    }

    /// The bytes of a file, unpacked.
    ///
    /// @throws DataException if there is no such file
    public static InputStream open(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw DataException.in(file, "there is no such file", "paths in a recipe are relative to the .nnet file");
        }
        if (Files.isDirectory(file)) {
            throw DataException.in(file, "is a folder, not a file", "");
        }
        InputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        bytes.mark(2);
        boolean zipped = bytes.read() == 0x1f && bytes.read() == 0x8b;
        bytes.reset();
        return zipped ? new BufferedInputStream(new GZIPInputStream(bytes, 1 << 16), 1 << 16) : bytes;
    }

    /// Exactly so many bytes. Memory is taken as they come, so a file that lies about its size does no harm.
    ///
    /// @param place what messages call the file
    public static byte[] bytes(InputStream in, long count, Path place) throws IOException {
        if (count > LARGEST) {
            throw DataException.in(place, "says that it holds " + count + " bytes of data, more than the 2 GiB that can be read", "");
        }
        byte[] bytes = in.readNBytes((int) count);
        if (bytes.length < count) {
            throw DataException.in(place,
                    "is cut short: it says that it holds " + count + " bytes of data, but " + bytes.length + " are there", "");
        }
        return bytes;
    }

    /// The number of elements of a shape.
    ///
    /// @throws DataException if that is more than an array can hold
    public static int count(List<Integer> shape, Path place) {
        long count = 1;
        for (int dimension : shape) {
            count *= dimension;
            if (dimension < 0 || count > LARGEST) {
                throw DataException.in(place, "says that its shape is " + shape + ", which is too large", "");
            }
        }
        return (int) count;
    }

    /// Says that nothing may follow.
    public static void end(InputStream in, Path place) throws IOException {
        if (in.read() >= 0) {
            throw DataException.in(place, "holds more bytes than its header says", "");
        }
    }

    /// A few words for a person on why a file could not be read.
    public static DataException unreadable(Path file, Exception problem) {
        Throwable cause = problem;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof CharacterCodingException) {
            return DataException.in(file, TextFile.NO_UTF_8, TextFile.CONVERT);
        }
        String reason = switch (cause) {
            case EOFException _ -> "it is cut short";
            case ZipException damage -> "it is damaged (" + damage.getMessage() + ")";
            default -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        };
        return DataException.in(file, "cannot be read: " + reason, "");
    }
}
