package nnet.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Whole commands as a user types them, from the call of `nnc` to its end, and what lies on the disk for them. The first run of each is not counted: it builds.
final class Commands implements Work {
    static final List<String> ALL = List.of("nnc --version", "nnc check samples/xor/xor.nnet", "nnc train samples/xor/xor.nnet");
    static final String RUNTIME = "jar that applications ship";
    static final String PROGRAM = "jars of nnc";

    private final Path work = Files.createTempDirectory("nnc-bench");

    Commands() throws IOException {}

    static Measurement measurement() {
        return Measurement.of(Pace.PROCESSES, (_, _, _) -> new Commands());
    }

    /// Seconds of each command.
    @Override
    public Map<String, Double> turn(double seconds) throws IOException, InterruptedException {
        Map<String, Double> values = new LinkedHashMap<>();
        for (String line : ALL) {
            values.put(line, run("./" + line + (line.contains(" train ") ? " -o " + work : "")));
        }
        return values;
    }

    /// Bytes.
    @Override
    public Map<String, Double> facts() throws IOException {
        Path program = Path.of("cli", "target");
        return Map.of(RUNTIME, bytes(program.resolve("lib"), "nnet-runtime"), PROGRAM,
                bytes(program.resolve("lib"), "") + bytes(program, "nnc"));
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
