package nnet.bench;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;

/// A GPT with its start and its data, the same for every contender: tokens and positions, blocks that normalise first, one table for reading and saying, Adam. The
/// text counts on: each token is one of two that may follow the one before, so there is something to learn.
final class GptTask {
    static final int TOKENS = 65;
    static final int CONTEXT = 64;
    static final int WIDTH = 128;
    static final int HIDDEN = 512;
    static final int BLOCKS = 4;
    static final int HEADS = 4;
    static final int BATCH = 32;
    static final int BATCHES = 4;
    static final int CHECKED_STEPS = 10;

    /// By path, as the network names them; weights of dense layers are `[inputs, outputs]`.
    private final Map<String, float[]> start = new LinkedHashMap<>();
    private final Map<String, int[]> shapes = new LinkedHashMap<>();
    /// For each batch the tokens of its texts one after the other, each text one token longer than the context.
    private final int[][] texts = new int[BATCHES][BATCH * (CONTEXT + 1)];
    private final Random random = new Random(4);

    GptTask() {
        normal("token", TOKENS, WIDTH);
        normal("position", CONTEXT, WIDTH);
        for (int block = 1; block <= BLOCKS; block++) {
            String path = "transformer_block" + block + ".";
            norm(path + "layer_norm1");
            dense(path + "attend.projection", WIDTH, 3 * WIDTH);
            dense(path + "attend.output", WIDTH, WIDTH);
            norm(path + "layer_norm2");
            dense(path + "think.dense1", WIDTH, HIDDEN);
            dense(path + "think.dense2", HIDDEN, WIDTH);
        }
        norm("layer_norm1");
        for (int[] text : texts) {
            for (int i = 0; i < text.length; i++) {
                text[i] = i % (CONTEXT + 1) == 0 ? random.nextInt(TOKENS) : (text[i - 1] * 3 + 1 + random.nextInt(2)) % TOKENS;
            }
        }
    }

    static Measurement training() {
        return Measurement.of(Pace.TRAINING, (contender, _, _) -> {
            GptTask task = new GptTask();
            Training training = switch (contender) {
                case NNC -> NncContenders.gpt(task);
                case LIBTORCH -> new LibtorchGpt(task);
                case PLAIN_JAVA, MACHINE, OPENBLAS, ONNX_RUNTIME -> throw new IllegalArgumentException(contender.title);
            };
            return new Steps(training, BATCHES, BATCH, CHECKED_STEPS);
        });
    }

    /// The text of one example, one token after the other; answers are the probabilities behind each of them. Examples are tokens.
    static Measurement generation() {
        return Measurement.of(Pace.TRAINING, (contender, _, _) -> {
            GptTask task = new GptTask();
            Inference inference = switch (contender) {
                case NNC -> NncContenders.generation(task);
                case LIBTORCH -> new LibtorchGeneration(task);
                case PLAIN_JAVA, MACHINE, OPENBLAS, ONNX_RUNTIME -> throw new IllegalArgumentException(contender.title);
            };
            return new Predictions(inference, new float[1][0], new float[CONTEXT * TOKENS], CONTEXT);
        });
    }

    private void norm(String path) {
        fill(path + ".scale", 1, 0.02, WIDTH);
        fill(path + ".shift", 0, 0.02, WIDTH);
    }

    private void dense(String path, int inputs, int outputs) {
        normal(path + ".weight", inputs, outputs);
        fill(path + ".bias", 0, 0.02, outputs);
    }

    private void normal(String path, int... shape) {
        fill(path, 0, shape[0] == TOKENS ? 0.1 : 0.05, shape);
    }

    private void fill(String path, double mean, double deviation, int... shape) {
        float[] values = new float[shape.length == 1 ? shape[0] : shape[0] * shape[1]];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (mean + deviation * random.nextGaussian());
        }
        start.put(path, values);
        shapes.put(path, shape);
    }

    void eachParameter(BiConsumer<String, float[]> action) {
        start.forEach(action);
    }

    int[] shape(String path) {
        return shapes.get(path);
    }

    /// The tokens that a batch is read as.
    int[] read(int batch) {
        return part(batch, 0);
    }

    /// Those that come next.
    int[] next(int batch) {
        return part(batch, 1);
    }

    /// The first text.
    int[] text() {
        return Arrays.copyOf(texts[0], CONTEXT);
    }

    private int[] part(int batch, int from) {
        int[] tokens = new int[BATCH * CONTEXT];
        for (int i = 0; i < BATCH; i++) {
            System.arraycopy(texts[batch], i * (CONTEXT + 1) + from, tokens, i * CONTEXT, CONTEXT);
        }
        return tokens;
    }
}
