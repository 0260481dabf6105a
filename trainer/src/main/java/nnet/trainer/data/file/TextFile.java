package nnet.trainer.data.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import nnet.trainer.data.DataException;

/// A file of text in UTF-8. Ends of lines become `\n`.
public final class TextFile {

    private static final int LARGEST = 1 << 30;

    private TextFile() {
    }

    /// @throws DataException if it is too large or no text in UTF-8
    public static String read(Path file) {
        try (InputStream in = DataFile.open(file)) {
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
            throw DataException.at(place, line, "is not text in UTF-8", "convert it: iconv -f latin1 -t utf8");
        }
    }

    /// The line of a place in a text, from 1.
    public static long line(String text, int at) {
        return 1 + text.substring(0, at).chars().filter(each -> each == '\n').count();
    }
}
