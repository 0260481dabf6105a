package nnet.trainer.data;

import java.util.Arrays;

/// A random change of an image that keeps what it shows. What a change uncovers becomes 0.
public sealed interface Augmentation {

    /// An image in an array: channel after channel, row by row, from `at` on.
    record Image(float[] values, int at, int channels, int height, int width) {

        float pixel(int channel, int y, int x) {
            return y < 0 || y >= height || x < 0 || x >= width ? 0 : values[at + (channel * height + y) * width + x];
        }

        /// The image with pixels taken from elsewhere in it.
        void rearrange(Places places) {
            float[] result = new float[channels * height * width];
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    for (int channel = 0; channel < channels; channel++) {
                        result[(channel * height + y) * width + x] = places.pixel(channel, y, x);
                    }
                }
            }
            System.arraycopy(result, 0, values, at, result.length);
        }
    }

    /// What a pixel of the changed image is.
    interface Places {
        float pixel(int channel, int y, int x);
    }

    /// Changes an image in place.
    void apply(Image image, Draws draws);

    /// By up to so many pixels in each direction.
    record Shift(int pixels) implements Augmentation {
        @Override
        public void apply(Image image, Draws draws) {
            int down = draws.below(2 * pixels + 1) - pixels;
            int right = draws.below(2 * pixels + 1) - pixels;
            image.rearrange((channel, y, x) -> image.pixel(channel, y - down, x - right));
        }
    }

    /// Every second image is mirrored.
    record Flip(boolean isHorizontal) implements Augmentation {
        @Override
        public void apply(Image image, Draws draws) {
            if (draws.below(2) == 0) {
                return;
            }
            image.rearrange((channel, y, x) -> isHorizontal
                    ? image.pixel(channel, y, image.width() - 1 - x)
                    : image.pixel(channel, image.height() - 1 - y, x));
        }
    }

    /// A square of `size` pixels cut out of the image, which has first been given an edge of `padding` zeros. It stays where it is; the rest becomes 0.
    record Crop(int size, int padding) implements Augmentation {
        @Override
        public void apply(Image image, Draws draws) {
            int top = draws.below(image.height() + 2 * padding - size + 1) - padding;
            int left = draws.below(image.width() + 2 * padding - size + 1) - padding;
            int marginY = (image.height() - size) / 2;
            int marginX = (image.width() - size) / 2;
            image.rearrange((channel, y, x) -> {
                int row = y - marginY;
                int column = x - marginX;
                return row < 0 || row >= size || column < 0 || column >= size ? 0 : image.pixel(channel, row + top, column + left);
            });
        }
    }

    /// By an angle of up to so many degrees in either direction about the middle; pixels are interpolated between their four neighbours.
    record Rotate(double degrees) implements Augmentation {
        @Override
        public void apply(Image image, Draws draws) {
            double angle = StrictMath.toRadians(degrees) * (2 * draws.uniform() - 1);
            double cos = StrictMath.cos(angle);
            double sin = StrictMath.sin(angle);
            double middleY = (image.height() - 1) / 2.0;
            double middleX = (image.width() - 1) / 2.0;
            image.rearrange((channel, y, x) -> {
                double fromY = middleY + cos * (y - middleY) - sin * (x - middleX);
                double fromX = middleX + sin * (y - middleY) + cos * (x - middleX);
                return between(image, channel, fromY, fromX);
            });
        }

        private static float between(Image image, int channel, double y, double x) {
            int top = (int) Math.floor(y);
            int left = (int) Math.floor(x);
            float down = (float) (y - top);
            float right = (float) (x - left);
            float upper = image.pixel(channel, top, left) * (1 - right) + image.pixel(channel, top, left + 1) * right;
            float lower = image.pixel(channel, top + 1, left) * (1 - right) + image.pixel(channel, top + 1, left + 1) * right;
            return upper * (1 - down) + lower * down;
        }
    }

    /// Adds to every number one of a normal distribution with mean 0.
    record Noise(double deviation) implements Augmentation {
        @Override
        public void apply(Image image, Draws draws) {
            double[] pair = new double[2];
            int end = image.at() + image.channels() * image.height() * image.width();
            for (int i = image.at(); i < end; i++) {
                if ((i - image.at()) % 2 == 0) {
                    draws.normal(pair);
                }
                image.values()[i] += (float) (deviation * pair[(i - image.at()) % 2]);
            }
        }
    }

    /// Whether it needs an image; noise does not.
    default boolean needsImage() {
        return !(this instanceof Noise);
    }

    /// The image that an example of a port is.
    static Image image(Port port, float[] values, int at) {
        int[] dims = port.shape().stream().mapToInt(Integer::intValue).toArray();
        return switch (dims.length) {
            case 2 -> new Image(values, at, 1, dims[0], dims[1]);
            case 3 -> new Image(values, at, dims[0], dims[1], dims[2]);
            default -> new Image(values, at, 1, 1, Arrays.stream(dims).reduce(1, Math::multiplyExact));
        };
    }
}
