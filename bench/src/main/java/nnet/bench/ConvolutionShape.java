package nnet.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A convolution of one image: square images, kernels, strides.
///
/// @param size   height and width of the image
/// @param groups 1, or as many as channels: depthwise
record ConvolutionShape(int channels, int size, int filters, int kernel, int stride, int groups) {

    /// The distinct shapes of ResNet-50 (He et al., 2016, table 1), then depthwise ones of MobileNet (Howard et al., 2017, table 1).
    static final List<ConvolutionShape> ALL = all();

    private static List<ConvolutionShape> all() {
        List<ConvolutionShape> shapes = new ArrayList<>(List.of(dense(3, 224, 64, 7, 2), dense(64, 56, 64, 1, 1)));
        for (int width = 64, size = 56; width <= 512; width *= 2, size /= 2) {
            if (width > 64) {
                shapes.add(dense(2 * width, 2 * size, width, 1, 1));
                shapes.add(dense(width, 2 * size, width, 3, 2));
                shapes.add(dense(2 * width, 2 * size, 4 * width, 1, 2));
            }
            shapes.addAll(
                    List.of(dense(width, size, width, 3, 1), dense(width, size, 4 * width, 1, 1), dense(4 * width, size, width, 1, 1)));
        }
        shapes.addAll(List.of(depthwise(32, 112, 1), depthwise(64, 112, 2), depthwise(128, 56, 1), depthwise(256, 28, 1),
                depthwise(512, 14, 1), depthwise(1024, 7, 1)));
        return List.copyOf(shapes);
    }

    private static ConvolutionShape dense(int channels, int size, int filters, int kernel, int stride) {
        return new ConvolutionShape(channels, size, filters, kernel, stride, 1);
    }

    private static ConvolutionShape depthwise(int channels, int size, int stride) {
        return new ConvolutionShape(channels, size, channels, 3, stride, channels);
    }

    /// Half of the kernel on each side.
    int padding() {
        return kernel / 2;
    }

    /// Height and width of the result.
    int positions() {
        return (size + 2 * padding() - kernel) / stride + 1;
    }

    int inputs() {
        return channels * size * size;
    }

    int weights() {
        return filters * (channels / groups) * kernel * kernel;
    }

    int outputs() {
        return filters * positions() * positions();
    }

    /// Additions and products, those with zeros of the border among them.
    double operations() {
        return 2.0 * outputs() * (channels / groups) * kernel * kernel;
    }

    Map<String, String> replacements() {
        return Map.of("CHANNELS", text(channels), "HEIGHT", text(size), "WIDTH", text(size), "FILTERS", text(filters), "ROWS",
                text(positions()),
                "COLUMNS", text(positions()), "KERNEL", text(kernel), "STRIDE", text(stride), "PADDING", text(padding()), "GROUPS",
                text(groups));
    }

    private static String text(int number) {
        return Integer.toString(number);
    }

    @Override
    public String toString() {
        return "%d x %d x %d, %s%d x %d%s".formatted(channels, size, size, groups > 1 ? "depthwise " : "to " + filters + " by ", kernel,
                kernel,
                stride > 1 ? ", stride " + stride : "");
    }
}
