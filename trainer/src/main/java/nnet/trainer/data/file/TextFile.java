package nnet.trainer.data.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.IntStream;
import nnet.trainer.data.DataException;

/// A file of text in UTF-8, with or without the mark of byte order that some programs write first.
public final class TextFile {

    static final String NO_UTF_8 = "is not text in UTF-8";
    static final String CONVERT = "convert it: iconv -f latin1 -t utf8";

    private static final int LARGEST = 1 << 30;

    private TextFile() {
    }

    /// The characters of a file as they come; where they are not UTF-8, reading fails with a `CharacterCodingException`.
    ///
    /// @throws DataException if there is no such file, or it is in UTF-16
    public static Reader open(Path file) throws IOException {
        return new InputStreamReader(behindMark(file), StandardCharsets.UTF_8.newDecoder());
    }

    private static InputStream behindMark(Path file) throws IOException {
        InputStream in = DataFile.open(file);
        in.mark(3);
        byte[] first = in.readNBytes(3);
        in.reset();
        if (startsWith(first, 0xff, 0xfe) || startsWith(first, 0xfe, 0xff)) {
            in.close();
            throw DataException.in(file, "is text in UTF-16", "convert it: iconv -f utf16 -t utf8");
        }
        if (startsWith(first, 0xef, 0xbb, 0xbf)) {
            in.skipNBytes(3);
        }
        return in;
    }

    private static boolean startsWith(byte[] bytes, int... mark) {
        return bytes.length >= mark.length && IntStream.range(0, mark.length).allMatch(i -> (bytes[i] & 0xff) == mark[i]);
    }

    /// The whole text. Ends of lines become `\n`.
    ///
    /// @throws DataException if it is too large or no text in UTF-8
    public static String read(Path file) {
        try (InputStream in = behindMark(file)) {
            byte[] bytes = in.readNBytes(LARGEST);
            if (bytes.length == LARGEST) {
                throw DataException.in(file, "holds more than 1 GiB of text", "");
            }
            return decode(bytes, file);
        } catch (IOException problem) {
            throw DataFile.unreadable(file, problem);
        }
    }

    /// @param place what messages call it
    static String decode(byte[] bytes, Path place) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(in).toString();
            return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
        } catch (CharacterCodingException _) {
            long line = 1;
            for (int i = 0; i < in.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            throw DataException.at(place, line, NO_UTF_8, CONVERT);
        }
    }

    /// The line of a place in a text, from 1.
    public static long line(String text, int at) {
        return 1 + text.substring(0, at).chars().filter(each -> each == '\n').count();
    }
}
