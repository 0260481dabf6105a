package nnet.bench;

/// The first digits of MNIST's test split, which lie beside the sample `lenet`: real images, most of whose pixels are black.
final class Digits {
    static final int PIXELS = 784;
    private static final int HEADER_OF_IMAGES = 16;
    private static final int HEADER_OF_LABELS = 8;

    private Digits() {}

    /// A row of pixels for each digit, black 0 and white 1.
    static float[][] images(int count) {
        byte[] bytes = Samples.read("lenet", "mnist-t10k-images-idx3-ubyte.gz", HEADER_OF_IMAGES, count * PIXELS);
        float[][] images = new float[count][PIXELS];
        for (int i = 0; i < bytes.length; i++) {
            images[i / PIXELS][i % PIXELS] = (bytes[i] & 0xff) / 255f;
        }
        return images;
    }

    static int[] labels(int count) {
        byte[] bytes = Samples.read("lenet", "mnist-t10k-labels-idx1-ubyte.gz", HEADER_OF_LABELS, count);
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = bytes[i];
        }
        return labels;
    }
}
