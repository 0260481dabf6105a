package nnet.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Whole commands as a user types them, from the call of `nnc` to its end, and what lies on the disk for them. The first run of each is not counted: it builds.
final class Commands {
    static final List<String> ALL = List.of("nnc --version", "nnc check samples/xor/xor.nnet", "nnc train samples/xor/xor.nnet");
    static final String RUNTIME = "jar that applications ship";
    static final String PROGRAM = "jars of nnc";

    private static final int RUNS = 7;

    private Commands() {}

    /// Seconds of each command, and bytes.
    static Map<String, Double> measure() throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("nnc-bench");
        Map<String, Double> values = new LinkedHashMap<>();
        for (String line : ALL) {
            String command = "./" + line + (line.contains(" train ") ? " -o " + work : "");
            double[] seconds = new double[RUNS];
            run(command);
            for (int i = 0; i < RUNS; i++) {
                seconds[i] = run(command);
            }
            Arrays.sort(seconds);
            values.put(line, seconds[RUNS / 2]);
        }
        Path program = Path.of("cli", "target");
        values.put(RUNTIME, bytes(program.resolve("lib"), "nnet-runtime"));
        values.put(PROGRAM, bytes(program.resolve("lib"), "") + bytes(program, "nnc"));
        return values;
    }

    private static double run(String command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command.split(" ")).redirectErrorStream(true).redirectOutput(new File("/dev/null")).start();
        if (process.waitFor() != 0) {
            throw new IOException(command + " failed");
        }
        return (System.nanoTime() - start) * 1e-9;
    }

    private static double bytes(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix) && file.toString().endsWith(".jar"))
                    .mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
