package nnet.bench;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs a cell in a JVM of its own.
final class Fork {
    static final String MARK = "measured: ";

    private Fork() {}

    static Map<String, Double> run(Cell cell) throws IOException, InterruptedException {
        List<String> command = java(List.of("--add-modules", "jdk.incubator.vector", "-Xms1g", "-Xmx4g",
                // What is measured is the steady state, so the vector form is taken from the first step on.
                // Compiling belongs to what is told of the first steps, so nothing is taken from an earlier run.
                "-Dnnet.cache=off", "-Dnnet.threads=" + cell.threads(), "-Dnnet.tiering=off",
                "-Dai.djl.pytorch.num_threads=" + cell.threads(),
                Cell.class.getName(), cell.workload().name(), cell.contender().name(), Integer.toString(cell.threads())));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("OPT_OUT_TRACKING", "true");
        builder.environment().put("OMP_NUM_THREADS", Integer.toString(cell.threads()));
        builder.environment().put("OPENBLAS_NUM_THREADS", Integer.toString(cell.threads()));
        builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        Process process = builder.start();
        Map<String, Double> values = new LinkedHashMap<>();
        List<String> said = new ArrayList<>();
        try (var lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(MARK)) {
                    int space = line.lastIndexOf(' ');
                    values.put(line.substring(MARK.length(), space), Double.valueOf(line.substring(space + 1)));
                } else {
                    said.add(line);
                }
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException(cell + " failed:\n" + String.join("\n", said));
        }
        return values;
    }

    /// The command line of a JVM with this one's class path, for options, a main class and its arguments. libtorch takes its number of threads from properties, once; it
    /// must neither call home nor write outside the build folder.
    static List<String> java(List<String> rest) {
        Path work = Path.of(System.getProperty("bench.work")).toAbsolutePath();
        List<String> command = new ArrayList<>(List.of(program("java"), "--enable-native-access=ALL-UNNAMED", "-Dbench.work=" + work,
                "-Dai.djl.pytorch.num_interop_threads=1", "-Dai.djl.offline=true", "-DDJL_CACHE_DIR=" + work.resolve("djl"),
                "-DENGINE_CACHE_DIR=" + work.resolve("djl"), "-Dorg.bytedeco.javacpp.cachedir=" + work.resolve("javacpp"), "-cp",
                System.getProperty("java.class.path")));
        command.addAll(rest);
        return command;
    }

    static String program(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    /// The jar or folder that a class comes from.
    static String jarOf(Class<?> type) {
        return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString())).toString();
    }
}
