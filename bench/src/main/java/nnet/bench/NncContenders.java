package nnet.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import nnet.compiler.Compilation;
import nnet.compiler.Compiler;
import nnet.compiler.Journey;
import nnet.compiler.Texts;
import nnet.compiler.schedule.Target;
import nnet.compiler.source.Source;
import nnet.runtime.Decoder;
import nnet.runtime.Manifest;
import nnet.runtime.Network;
import nnet.runtime.Prediction;
import nnet.runtime.Trainer;
import nnet.trainer.LoadedNetwork;
import nnet.trainer.MemoryClasses;
import nnet.trainer.NetworkFile;
import nnet.trainer.StandardLibrary;

/// Networks compiled from the `.nnet` files beside this class.
final class NncContenders {
    static final List<String> DEPTHS = List.of("2", "4", "8", "16", "32");
    static final String MILLISECONDS = "milliseconds";

    private NncContenders() {}

    /// The product as a network computes it: a batch of n rows times a parameter of n x n.
    static MatrixProduct product() {
        return new Products();
    }

    static Training gpt(GptTask task) throws IOException {
        return new NncGpt(task, load("gpt", Map.of()));
    }

    /// The text of the task, one token after the other.
    static Inference generation(GptTask task) throws IOException {
        Network network = load("gpt", Map.of());
        task.eachParameter(network::setParameter);
        Decoder decoder = network.decoder().orElseThrow();
        int[] tokens = task.text();
        float[] next = new float[GptTask.TOKENS];
        return (_, outputs) -> {
            decoder.reset();
            for (int i = 0; i < tokens.length; i++) {
                decoder.advance(tokens[i], next);
                System.arraycopy(next, 0, outputs, i * next.length, next.length);
            }
        };
    }

    static Training training(TrainingTask task) throws IOException {
        return new NncTraining(task, load(task.network(), Map.of()));
    }

    static Convolution convolution(ConvolutionShape shape, float[] image, float[] weights) throws IOException {
        Network network = load("convolution", shape.replacements());
        network.setParameter(network.parameters().getFirst().path(), weights);
        float[] result = new float[shape.outputs()];
        Prediction prediction = network.prediction().input(0, image).output(0, result);
        return new Convolution() {
            @Override
            public void run() {
                prediction.run(1);
            }

            @Override
            public float[] result() {
                return result;
            }
        };
    }

    /// Arrays are bound once; a prediction copies the rows in and the answers out.
    static Inference inference(InferenceTask task) throws IOException {
        Network network = load(task.network(), Map.of());
        start(task.weights(), network);
        Prediction prediction = network.prediction();
        return (input, outputs) -> prediction.input(0, input).output(0, outputs).run(task.batch());
    }

    /// A network that is ready to use.
    static Inference inference(Network network) {
        Prediction prediction = network.prediction();
        return (input, outputs) -> prediction.input(0, input).output(0, outputs).run(1);
    }

    /// ResNet of the library with that many layers.
    static Network residual(int depth) throws IOException {
        String text = resource("residual.nnet").replace("DEPTH", Integer.toString(depth));
        return load(NetworkFile.of(new Source("residual.nnet", text)));
    }

    /// The time of one compilation, from text to class bytes, of a network with that many layers.
    static Measurement compilation() {
        return new Measurement(DEPTHS, Pace.COMPILATION, (_, _, layers) -> {
            Texts texts = texts("deep", Map.of("LAYERS", " -> Dense(32, relu)".repeat(Integer.parseInt(layers))));
            Timing timing = new Timing(() -> compile(texts));
            return seconds -> Map.of(MILLISECONDS, 1e3 / timing.perSecond(seconds));
        });
    }

    private static Network load(String name, Map<String, String> replacements) throws IOException {
        return load(texts(name, replacements));
    }

    /// As the command line does it: for this machine alone.
    private static Network load(Texts texts) {
        LoadedNetwork.Outcome outcome = LoadedNetwork.compile(texts, Journey.SILENT);
        return Network.create(outcome.network().orElseThrow(() -> new IllegalStateException(outcome.diagnostics().toString())).type(), 0);
    }

    static Network load(Compilation compilation, String name) throws IOException {
        var classes = new MemoryClasses(compilation.classes(), NncContenders.class.getClassLoader());
        try {
            return Network.create(classes.loadClass("bench." + Character.toUpperCase(name.charAt(0)) + name.substring(1)), 0);
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    static Compilation compile(Texts texts) {
        return compile(texts, Journey.SILENT, Target.all());
    }

    static Compilation compile(Texts texts, Journey journey, List<Target> targets) {
        Compilation compilation = new Compiler(journey).compile(texts, targets);
        if (compilation.classes().isEmpty()) {
            throw new IllegalStateException(texts.main().name() + ": " + compilation.diagnostics());
        }
        return compilation;
    }

    static Texts texts(String name, Map<String, String> replacements) throws IOException {
        String text = resource(name + ".nnet");
        for (var replacement : replacements.entrySet()) {
            text = text.replace(replacement.getKey(), replacement.getValue());
        }
        return new Texts(new Source(name + ".nnet", text), List.of(), StandardLibrary.sources(), Map.of());
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = Objects.requireNonNull(NncContenders.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// The start has layer after layer, weight before bias; the network's order may be another.
    static void start(float[][] start, Network network) {
        int weights = 0;
        int biases = 0;
        for (Manifest.Weight parameter : network.parameters()) {
            int at = parameter.shape().size() >= 2 ? 2 * weights++ : 2 * biases++ + 1;
            network.setParameter(parameter.path(), start[at]);
        }
    }

    private static final class Products implements MatrixProduct {
        private float[] right;
        private Prediction prediction;

        /// The right matrix is set as the parameter when it is new, as a network's user would do it.
        @Override
        public void multiply(int n, float[] a, float[] b, float[] c) {
            if (right != b) {
                right = b;
                prediction = prediction(n, b).input(0, a).output(0, c);
            }
            prediction.run(n);
        }

        private static Prediction prediction(int n, float[] b) {
            try {
                Network network = load("product", Map.of("SIZE", Integer.toString(n)));
                network.setParameter(network.parameters().getFirst().path(), b);
                return network.prediction();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class NncTraining implements Training {
        private final TrainingTask task;
        private final Trainer trainer;
        private final float[][] inputs;
        private final int[][] labels;
        private final float[][] answers;

        NncTraining(TrainingTask task, Network network) {
            this.task = task;
            start(task.start(), network);
            this.trainer = network.trainer();
            this.inputs = new float[task.batches()][];
            this.labels = new int[task.batches()][];
            this.answers = new float[task.batches()][task.batchSize()];
            for (int i = 0; i < task.batches(); i++) {
                inputs[i] = task.batch(i);
                labels[i] = task.labelsOf(i);
                for (int j = 0; j < task.batchSize(); j++) {
                    answers[i][j] = labels[i][j];
                }
            }
        }

        @Override
        public void step(int batch) {
            switch (task.output()) {
                case CLASSES -> trainer.step(inputs[batch], labels[batch], task.batchSize());
                case YES_OR_NO -> trainer.step(inputs[batch], answers[batch], task.batchSize());
            }
        }

        @Override
        public double loss(int batch) {
            return switch (task.output()) {
                case CLASSES -> trainer.evaluate(inputs[batch], labels[batch], task.batchSize());
                case YES_OR_NO -> trainer.evaluate(inputs[batch], answers[batch], task.batchSize());
            };
        }

        @Override
        public void close() {
            trainer.close();
        }
    }
}
