package nnet.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What an application waits for: a JVM starts, takes the network and its weights from the disk, and predicts one example. Whole processes, as a parent sees them,
/// from the call to the answer's first line.
final class FirstPrediction {
    static final String PLAIN = "java";
    static final String VECTORS = "java --add-modules jdk.incubator.vector";
    static final String CACHED = "java -XX:AOTCache";
    static final List<String> WAYS = List.of(PLAIN, CACHED, VECTORS);

    private static final int RUNS = 9;

    private FirstPrediction() {}

    /// Milliseconds for each way to start, and the answer.
    static Map<String, Double> measure(Contender contender) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("nnc-bench");
        InferenceTask task = InferenceTask.counting();
        return switch (contender) {
            case NNC -> nnc(new Application(task, folder));
            case ONNX_RUNTIME -> {
                Path model = Files.write(folder.resolve("mlp.onnx"), OnnxModel.of(task));
                yield times(Map.of(PLAIN, Fork.java(List.of(PeerFirst.class.getName(), contender.name(), model.toString()))));
            }
            case LIBTORCH -> times(Map.of(PLAIN, Fork.java(List.of(PeerFirst.class.getName(), contender.name()))));
            case MACHINE, OPENBLAS, PLAIN_JAVA -> throw new IllegalArgumentException(contender.title);
        };
    }

    private static Map<String, Double> nnc(Application application) throws IOException, InterruptedException {
        Path cache = application.folder().resolve("application.aot");
        run(application.command("-XX:AOTCacheOutput=" + cache), new double[1]);
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put(PLAIN, application.command());
        commands.put(CACHED, application.command("-XX:AOTCache=" + cache));
        commands.put(VECTORS, application.command("--add-modules", "jdk.incubator.vector"));
        return times(commands);
    }

    /// Medians, one run of each in turn; before that one that is not counted.
    private static Map<String, Double> times(Map<String, List<String>> commands) throws IOException, InterruptedException {
        Map<String, double[]> milliseconds = new LinkedHashMap<>();
        double answer = Double.NaN;
        for (int i = -1; i < RUNS; i++) {
            for (var command : commands.entrySet()) {
                double[] time = new double[1];
                answer = run(command.getValue(), time);
                if (i >= 0) {
                    milliseconds.computeIfAbsent(command.getKey(), _ -> new double[RUNS])[i] = time[0];
                }
            }
        }
        Map<String, Double> values = new LinkedHashMap<>();
        milliseconds.forEach((key, times) -> {
            Arrays.sort(times);
            values.put(key, times[RUNS / 2]);
        });
        values.put(Inference.ANSWER, answer);
        return values;
    }

    /// The answer is the last line that is a number.
    private static double run(List<String> command, double[] milliseconds) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null"))).start();
        List<String> said = new ArrayList<>();
        try (var lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(Fork.MARK)) {
                    milliseconds[0] = (System.nanoTime() - start) * 1e-6;
                    said.add(line.substring(Fork.MARK.length()));
                }
            }
        }
        if (process.waitFor() != 0 || said.size() != 1) {
            throw new IOException(String.join(" ", command) + " failed");
        }
        return Double.parseDouble(said.getFirst());
    }
}
