package nnet.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an application waits for: a JVM starts, takes the network and its weights from the disk, and predicts one example. Whole processes, as a parent sees them,
/// from the call to the answer's first line.
final class FirstPrediction implements Work {
    static final String PLAIN = "java";
    static final String VECTORS = "java --add-modules jdk.incubator.vector";
    static final String CACHED = "java -XX:AOTCache";
    static final List<String> WAYS = List.of(PLAIN, CACHED, VECTORS);

    private final Map<String, List<String>> commands;
    private double answer = Double.NaN;

    /// @param commands for each way to start
    private FirstPrediction(Map<String, List<String>> commands) {
        this.commands = commands;
    }

    static Measurement measurement() {
        return Measurement.of(Pace.PROCESSES, (contender, _, _) -> open(contender));
    }

    private static FirstPrediction open(Contender contender) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("nnc-bench");
        InferenceTask task = InferenceTask.counting();
        return new FirstPrediction(switch (contender) {
            case NNC -> commands(new Application(task, folder));
            case ONNX_RUNTIME -> {
                Path model = Files.write(folder.resolve("mlp.onnx"), OnnxModel.of(task));
                yield Map.of(PLAIN, Fork.java(List.of(PeerFirst.class.getName(), contender.name(), model.toString())));
            }
            case LIBTORCH -> Map.of(PLAIN, Fork.java(List.of(PeerFirst.class.getName(), contender.name())));
            case MACHINE, OPENBLAS, PLAIN_JAVA -> throw new IllegalArgumentException(contender.title);
        });
    }

    private static Map<String, List<String>> commands(Application application) throws IOException, InterruptedException {
        Path cache = application.folder().resolve("application.aot");
        run(application.command("-XX:AOTCacheOutput=" + cache), new double[1]);
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put(PLAIN, application.command());
        commands.put(CACHED, application.command("-XX:AOTCache=" + cache));
        commands.put(VECTORS, application.command("--add-modules", "jdk.incubator.vector"));
        return commands;
    }

    /// Milliseconds for each way to start.
    @Override
    public Map<String, Double> turn(double seconds) throws IOException, InterruptedException {
        Map<String, Double> values = new LinkedHashMap<>();
        for (var command : commands.entrySet()) {
            double[] time = new double[1];
            answer = run(command.getValue(), time);
            values.put(command.getKey(), time[0]);
        }
        return values;
    }

    @Override
    public Map<String, Double> facts() {
        return Map.of(Inference.ANSWER, answer);
    }

    /// The answer is the last line that is a number.
    private static double run(List<String> command, double[] milliseconds) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null"))).start();
        List<String> said = new ArrayList<>();
        try (var lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(Seat.MARK)) {
                    milliseconds[0] = (System.nanoTime() - start) * 1e-6;
                    said.add(line.substring(Seat.MARK.length()));
                }
            }
        }
        if (process.waitFor() != 0 || said.size() != 1) {
            throw new IOException(String.join(" ", command) + " failed");
        }
        return Double.parseDouble(said.getFirst());
    }
}
