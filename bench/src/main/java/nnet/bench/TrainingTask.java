package nnet.bench;

import java.util.Random;
import java.util.function.Function;

/// A network with its start and its data, the same for every contender: dense layers with relu between them, behind convolutions, or behind the last output of a
/// recurrent layer; Adam with its usual settings.
///
/// @param network the `.nnet` file beside this class
/// @param inputs, hidden, outputs the widths; `hidden` is that before the outputs
/// @param steps the length of the sequence that an example is, its elements one after the other; 0 for dense networks
/// @param output whether the outputs are classes (softmax) or one yes-or-no each (sigmoid); the loss is the cross-entropy of it
/// @param examples one row for each example
/// @param labels the class of each example, or its 0 or 1
/// @param start weights `[inputs, hidden]`, biases, weights `[hidden, outputs]`, biases, each row-major; of a recurrent layer (gates i, f, g, o) the
///     weights of its elements, biases, its recurrent weights, biases again, since libtorch has two, then the dense layer; of a convolution weights
///     `[filters, channels, kernel, kernel]` and biases
record TrainingTask(String network, int inputs, int steps, int hidden, int outputs, Output output, int batchSize, int batches,
        int checkedSteps,
        float[][] examples,
        int[] labels, float[][] start) {
    static final float LEARNING_RATE = 0.001f;
    static final float BETA1 = 0.9f;
    static final float BETA2 = 0.999f;
    static final float EPSILON = 1e-8f;

    private static final int STEPS = 64;
    private static final int WIDTH = 128;
    private static final int SEQUENCES = 32;
    private static final int BATCHES_OF_SEQUENCES = 4;

    enum Output {
        CLASSES, YES_OR_NO
    }

    static TrainingTask xor() {
        float[][] examples = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
        int[] labels = {0, 1, 1, 0};
        return new TrainingTask("xor", 2, 0, 8, 1, Output.YES_OR_NO, 4, 1, 500, examples, labels, start(new Random(1), 2, 8, 1));
    }

    /// Real digits: four pixels of five are zero.
    static TrainingTask mlp() {
        int batchSize = 64;
        int batches = 16;
        return new TrainingTask("mlp", Digits.PIXELS, 0, 128, 10, Output.CLASSES, batchSize, batches, 50,
                Digits.images(batchSize * batches),
                Digits.labels(batchSize * batches), start(new Random(2), Digits.PIXELS, 128, 10));
    }

    /// The same network on numbers of which none is zero.
    static TrainingTask mlpOfNoise() {
        return images("mlp", 128, 50, new Random(2), random -> start(random, 784, 128, 10));
    }

    /// LeNet-5: 6 and 16 filters of 5 x 5, dense layers of 120 and 84.
    static TrainingTask lenet() {
        return images("lenet", 84, 20, new Random(4),
                random -> new float[][]{weights(random, 25, 6), biases(random, 6), weights(random, 150, 16), biases(random, 16),
                    weights(random, 400, 120), biases(random, 120), weights(random, 120, 84), biases(random, 84),
                    weights(random, 84, 10), biases(random, 10)});
    }

    /// A network whose work is the convolution of 32 channels to 64 by 3 x 3. Its first steps of Adam go far, and after ten of them the place of epsilon alone makes
    /// 3% of the loss: so one step is compared.
    static TrainingTask filters() {
        return images("filters", 128, 1, new Random(5),
                random -> new float[][]{weights(random, 9, 32), biases(random, 32), weights(random, 288, 64), biases(random, 64),
                    weights(random, 9216, 128), biases(random, 128), weights(random, 128, 10), biases(random, 10)});
    }

    /// Ten noisy patterns of 784 pixels, so that there is something to learn.
    private static TrainingTask images(String network, int hidden, int checkedSteps, Random random, Function<Random, float[][]> start) {
        int batchSize = 64;
        int batches = 16;
        float[][] patterns = new float[10][784];
        for (float[] pattern : patterns) {
            for (int i = 0; i < pattern.length; i++) {
                pattern[i] = random.nextFloat();
            }
        }
        float[][] examples = new float[batchSize * batches][784];
        int[] labels = new int[examples.length];
        for (int e = 0; e < examples.length; e++) {
            labels[e] = random.nextInt(10);
            for (int i = 0; i < 784; i++) {
                examples[e][i] = 0.3f * patterns[labels[e]][i] + 0.7f * random.nextFloat();
            }
        }
        return new TrainingTask(network, 784, 0, hidden, 10, Output.CLASSES, batchSize, batches, checkedSteps, examples, labels,
                start.apply(random));
    }

    /// Characters of a text, one-hot: 127 numbers of 128 are zero.
    static TrainingTask lstm() {
        Letters letters = Letters.read(SEQUENCES * BATCHES_OF_SEQUENCES, STEPS);
        return sequences(letters.examples(), letters.next(), new Random(6));
    }

    /// Ten noisy curves of 64 steps of 128 numbers, of which none is zero.
    static TrainingTask lstmOfNoise() {
        Random random = new Random(3);
        float[][] examples = new float[SEQUENCES * BATCHES_OF_SEQUENCES][STEPS * WIDTH];
        int[] labels = new int[examples.length];
        for (int e = 0; e < examples.length; e++) {
            labels[e] = random.nextInt(10);
            for (int i = 0; i < STEPS * WIDTH; i++) {
                examples[e][i] = (float) Math.sin(0.01 * (labels[e] + 1) * i) + 0.3f * (float) random.nextGaussian();
            }
        }
        return sequences(examples, labels, random);
    }

    private static TrainingTask sequences(float[][] examples, int[] labels, Random random) {
        float[][] start = {weights(random, WIDTH, 4 * WIDTH), biases(random, 4 * WIDTH), weights(random, WIDTH, 4 * WIDTH),
            biases(random, 4 * WIDTH), weights(random, WIDTH, 10), biases(random, 10)};
        return new TrainingTask("lstm", STEPS * WIDTH, STEPS, WIDTH, 10, Output.CLASSES, SEQUENCES, BATCHES_OF_SEQUENCES, 20, examples,
                labels, start);
    }

    private static float[][] start(Random random, int inputs, int hidden, int outputs) {
        return new float[][]{weights(random, inputs, hidden), biases(random, hidden), weights(random, hidden, outputs),
            biases(random, outputs)};
    }

    /// Small, but not zero: DJL's sigmoid cross-entropy has a wrong derivative for a logit of exactly zero, and the same work is wanted of all.
    private static float[] biases(Random random, int outputs) {
        float[] biases = new float[outputs];
        for (int i = 0; i < outputs; i++) {
            biases[i] = random.nextFloat(-0.1f, 0.1f);
        }
        return biases;
    }

    private static float[] weights(Random random, int inputs, int outputs) {
        float[] weights = new float[inputs * outputs];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (random.nextGaussian() * Math.sqrt(2.0 / inputs));
        }
        return weights;
    }

    /// The rows of a batch one after the other.
    float[] batch(int batch) {
        float[] rows = new float[batchSize * inputs];
        for (int i = 0; i < batchSize; i++) {
            System.arraycopy(examples[batch * batchSize + i], 0, rows, i * inputs, inputs);
        }
        return rows;
    }

    int[] labelsOf(int batch) {
        int[] some = new int[batchSize];
        System.arraycopy(labels, batch * batchSize, some, 0, batchSize);
        return some;
    }
}
