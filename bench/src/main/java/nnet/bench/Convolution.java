package nnet.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// The convolution of one image, again and again.
interface Convolution extends AutoCloseable {

    void run();

    /// What the last run gave: `[filters, rows, columns]`.
    float[] result();

    @Override
    default void close() {}

    private static Convolution of(Contender contender, ConvolutionShape shape, float[] image, float[] weights) throws Exception {
        return switch (contender) {
            case NNC -> NncContenders.convolution(shape, image, weights);
            case LIBTORCH -> new LibtorchConvolution(shape, image, weights);
            case MACHINE, OPENBLAS, ONNX_RUNTIME, PLAIN_JAVA -> throw new IllegalArgumentException(contender.title);
        };
    }

    static Measurement measurement() {
        Map<String, ConvolutionShape> shapes = new LinkedHashMap<>();
        ConvolutionShape.ALL.forEach(shape -> shapes.put(shape.toString(), shape));
        return new Measurement(List.copyOf(shapes.keySet()), Pace.KERNEL, (contender, _, name) -> open(contender, shapes.get(name)));
    }

    private static Work open(Contender contender, ConvolutionShape shape) throws Exception {
        Random random = new Random(shape.hashCode());
        float[] image = random(random, shape.inputs());
        float[] weights = random(random, shape.weights());
        Convolution convolution = of(contender, shape, image, weights);
        convolution.run();
        check(shape, image, weights, convolution.result());
        return Work.of(convolution::run, shape.operations(), convolution::close);
    }

    private static float[] random(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextFloat(-1, 1);
        }
        return values;
    }

    /// Speed without the right result is worth nothing: some elements against a sum in double precision.
    private static void check(ConvolutionShape shape, float[] image, float[] weights, float[] result) {
        int positions = shape.positions();
        for (int at = 0; at < result.length; at += 1 + result.length / 997) {
            double sum = sum(shape, image, weights, at / positions / positions, at / positions % positions, at % positions);
            // Products of numbers below 1, each rounded to 24 bits.
            if (!(Math.abs(sum - result[at]) <= 1e-6 * shape.weights() / shape.filters() + 1e-6)) {
                throw new IllegalStateException("wrong convolution " + shape + " at " + at + ": " + result[at] + " is not " + sum);
            }
        }
    }

    private static double sum(ConvolutionShape shape, float[] image, float[] weights, int filter, int row, int column) {
        int channels = shape.channels() / shape.groups();
        int kernel = shape.kernel();
        int first = filter / (shape.filters() / shape.groups()) * channels;
        double sum = 0;
        for (int c = 0; c < channels; c++) {
            for (int t = 0; t < kernel * kernel; t++) {
                int y = row * shape.stride() + t / kernel - shape.padding();
                int x = column * shape.stride() + t % kernel - shape.padding();
                if (y >= 0 && y < shape.size() && x >= 0 && x < shape.size()) {
                    sum += (double) image[((first + c) * shape.size() + y) * shape.size() + x]
                            * weights[(filter * channels + c) * kernel * kernel + t];
                }
            }
        }
        return sum;
    }
}
