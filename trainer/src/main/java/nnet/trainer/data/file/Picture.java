package nnet.trainer.data.file;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import nnet.trainer.data.DataException;

/// An image in a file that the Java platform reads: PNG, JPEG, GIF, BMP.
///
/// @param pixels channel after channel (red, green, blue; or grey alone), each row by row from the top
public record Picture(int channels, int height, int width, byte[] pixels) {

    /// The largest image that is unpacked; what says that it is larger is hardly meant for a network.
    private static final long LARGEST = 1 << 26;

    static {
        ImageIO.setUseCache(false);
    }

    /// @param channels 1 for grey (the luma of ITU-R BT.601, as JPEG has it), 3 for colour
    /// @throws DataException if it is not an image, or damaged
    public static Picture read(Path file, int channels) {
        try (InputStream bytes = DataFile.open(file); ImageInputStream in = ImageIO.createImageInputStream(bytes)) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw DataException.in(file, "is no image that can be read", "PNG and JPEG are");
            }
            return read(file, readers.next(), in, channels);
        } catch (IOException problem) {
            throw DataFile.unreadable(file, problem);
        }
    }

    private static Picture read(Path file, ImageReader reader, ImageInputStream in, int channels) throws IOException {
        try {
            reader.setInput(in, true, true);
            long size = (long) reader.getWidth(0) * reader.getHeight(0);
            if (size < 1 || size > LARGEST) {
                throw DataException.in(file, "says that it has " + reader.getWidth(0) + " x " + reader.getHeight(0) + " pixels", "");
            }
            return of(reader.read(0), channels);
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException | NegativeArraySizeException
                | NullPointerException | ArithmeticException | ClassCastException damage) {
            // The platform's readers let these escape for some damaged files.
            throw DataFile.unreadable(file, new IOException("it is damaged", null));
        } finally {
            reader.dispose();
        }
    }

    private static Picture of(BufferedImage image, int channels) {
        int height = image.getHeight();
        int width = image.getWidth();
        int area = height * width;
        byte[] pixels = new byte[Math.multiplyExact(channels, area)];
        int[] row = new int[width];
        // A grey image holds its shades as they are; by way of colour they would be brightened.
        boolean isGrey = image.getRaster().getNumBands() == 1 && image.getType() == BufferedImage.TYPE_BYTE_GRAY;
        for (int y = 0; y < height; y++) {
            if (isGrey) {
                image.getRaster().getSamples(0, y, width, 1, 0, row);
            } else {
                image.getRGB(0, y, width, 1, row, 0, width);
            }
            for (int x = 0; x < width; x++) {
                int red = isGrey ? row[x] : row[x] >> 16 & 0xFF;
                int green = isGrey ? row[x] : row[x] >> 8 & 0xFF;
                int blue = isGrey ? row[x] : row[x] & 0xFF;
                int at = y * width + x;
                if (channels == 1) {
                    pixels[at] = (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
                } else {
                    pixels[at] = (byte) red;
                    pixels[area + at] = (byte) green;
                    pixels[2 * area + at] = (byte) blue;
                }
            }
        }
        return new Picture(channels, height, width, pixels);
    }
}
