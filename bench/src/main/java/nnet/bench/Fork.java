package nnet.bench;

import java.io.File;
import java.io.IOException;
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
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-Xms1g", "-Xmx4g"));
        command.add("-Dnnet.threads=" + cell.threads());
        // What is measured is the steady state, so the vector form is taken from the first step on.
        command.add("-Dnnet.tiering=off");
        // libtorch takes its number of threads from here, once; it must neither call home nor write outside the build folder.
        Path work = Path.of(System.getProperty("bench.work")).toAbsolutePath();
        command.add("-Dai.djl.pytorch.num_threads=" + cell.threads());
        command.add("-Dai.djl.pytorch.num_interop_threads=1");
        command.add("-Dai.djl.offline=true");
        command.add("-DDJL_CACHE_DIR=" + work.resolve("djl"));
        command.add("-DENGINE_CACHE_DIR=" + work.resolve("djl"));
        command.add("-Dorg.bytedeco.javacpp.cachedir=" + work.resolve("javacpp"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Cell.class.getName()));
        command.addAll(List.of(cell.workload().name(), cell.contender().name(), Integer.toString(cell.threads())));
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
}
