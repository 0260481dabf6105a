import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import nnet.runtime.Trainer;
import samples.optdigits.OptDigits;

/** Reads digits, and learns from those that it got wrong. */
final class Reader {

    private static final int PIXELS = 64;
    private static final int STEPS = 40;
    /** A step takes the corrections of its reader and as many digits that it knows, so that it does not forget those over these. */
    private static final int BATCH = 32;

    private final OptDigits network;
    private final Trainer trainer;
    private final Random random = new Random(1);
    private final List<float[]> knownPixels = new ArrayList<>();
    private final List<Integer> knownDigits = new ArrayList<>();
    private final List<float[]> newPixels = new ArrayList<>();
    private final List<Integer> newDigits = new ArrayList<>();

    Reader(Path weights, Path known) throws IOException {
        network = OptDigits.load(weights);
        trainer = network.trainer();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(known))))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] numbers = line.split(",");
                float[] pixels = new float[PIXELS];
                for (int i = 0; i < PIXELS; i++) {
                    pixels[i] = Float.parseFloat(numbers[i]);
                }
                knownPixels.add(pixels);
                knownDigits.add(Integer.parseInt(numbers[PIXELS]));
            }
        }
    }

    /** How sure it is of each of the ten digits. */
    float[] read(float[] pixels) {
        return network.infer(pixels);
    }

    /** Learns that these pixels are this digit, and predicts with what it has learnt from then on. */
    void learn(float[] pixels, int digit) {
        newPixels.add(pixels);
        newDigits.add(digit);
        float[] x = new float[BATCH * PIXELS];
        int[] y = new int[BATCH];
        for (int step = 0; step < STEPS; step++) {
            for (int row = 0; row < BATCH; row++) {
                boolean isNew = row % 2 == 0;
                int pick = random.nextInt(isNew ? newPixels.size() : knownPixels.size());
                System.arraycopy((isNew ? newPixels : knownPixels).get(pick), 0, x, row * PIXELS, PIXELS);
                y[row] = (isNew ? newDigits : knownDigits).get(pick);
            }
            trainer.step(x, y, BATCH);
        }
        trainer.publish();
    }

    /** Writes what it knows by now. */
    void save(Path weights) throws IOException {
        network.save(weights);
    }
}
