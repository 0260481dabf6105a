package nnet.bench;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/// Data that lie beside the samples, packed by gzip.
final class Samples {
    private static final Path FOLDER = Path.of("samples");

    private Samples() {}

    /// So many bytes behind a header.
    static byte[] read(String sample, String file, int header, int count) {
        try (var stream = new DataInputStream(new GZIPInputStream(Files.newInputStream(FOLDER.resolve(sample).resolve(file))))) {
            stream.skipNBytes(header);
            byte[] bytes = new byte[count];
            stream.readFully(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
