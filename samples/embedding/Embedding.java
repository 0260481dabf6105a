import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import nnet.runtime.Trainer;
import samples.optdigits.OptDigits;

/**
 * An application with a trained network inside: it predicts, learns a little further from digits that it has not seen, and predicts again.
 *
 * <p>Arguments: the weights, and the CSV file of digits.
 */
public final class Embedding {

    private static final int PIXELS = 64;
    private static final int BATCH = 50;

    private final float[] images;
    private final int[] digits;

    private Embedding(Path csv) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(csv))))) {
            List<int[]> rows = reader.lines().map(line -> Arrays.stream(line.split(",")).mapToInt(Integer::parseInt).toArray()).toList();
            images = new float[rows.size() * PIXELS];
            digits = new int[rows.size()];
            for (int row = 0; row < digits.length; row++) {
                // Every second row first, then the others: both halves hold digits by everybody.
                int line = row * 2 < digits.length ? row * 2 : row * 2 - digits.length | 1;
                for (int i = 0; i < PIXELS; i++) {
                    images[row * PIXELS + i] = rows.get(line)[i];
                }
                digits[row] = rows.get(line)[PIXELS];
            }
        }
    }

    public static void main(String[] arguments) throws IOException {
        OptDigits network = OptDigits.load(Path.of(arguments[0]));
        Embedding data = new Embedding(Path.of(arguments[1]));
        int half = (data.digits.length + 1) / 2;

        data.show(half, network.predict(data.image(half)));
        System.out.printf("right on %d digits that the network has never seen: %d%n", data.digits.length - half, data.right(network, half));

        data.learn(network, half);
        System.out.printf("after learning from %d others by the same people:      %d%n", half, data.right(network, half));
    }

    /** Ten passes over the first rows, in mini-batches. The network predicts with the new weights once the trainer is closed. */
    private void learn(OptDigits network, int rows) {
        try (Trainer trainer = network.trainer()) {
            float[] x = new float[BATCH * PIXELS];
            int[] y = new int[BATCH];
            for (int pass = 0; pass < 10; pass++) {
                for (int from = 0; from + BATCH <= rows; from += BATCH) {
                    System.arraycopy(images, from * PIXELS, x, 0, x.length);
                    System.arraycopy(digits, from, y, 0, BATCH);
                    trainer.step(x, y, BATCH);
                }
            }
        }
    }

    private int right(OptDigits network, int from) {
        int right = 0;
        for (int row = from; row < digits.length; row++) {
            if (network.predict(image(row)) == digits[row]) {
                right++;
            }
        }
        return right;
    }

    private float[] image(int row) {
        return Arrays.copyOfRange(images, row * PIXELS, (row + 1) * PIXELS);
    }

    private void show(int row, int predicted) {
        for (int y = 0; y < 8; y++) {
            StringBuilder line = new StringBuilder("  ");
            for (int x = 0; x < 8; x++) {
                line.append(" .:-=+*#%@".charAt((int) images[row * PIXELS + y * 8 + x] * 9 / 16)).append(' ');
            }
            System.out.println(line);
        }
        System.out.printf("this is a %d; the network says %d%n", digits[row], predicted);
    }
}
