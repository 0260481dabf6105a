package nnet.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A contender in a JVM of its own, as seen from outside: it is told what to do, and says what it measured.
final class Fork implements AutoCloseable {
    private final Workload workload;
    private final Contender contender;
    private final int threads;
    private final Process process;
    private final PrintWriter commands;
    private final BufferedReader answers;

    Fork(Workload workload, Contender contender, int threads) throws IOException {
        this.workload = workload;
        this.contender = contender;
        this.threads = threads;
        List<String> command = java(List.of("--add-modules", "jdk.incubator.vector", "-Xms1g", "-Xmx4g",
                // ONNX Runtime has been seen to run over the usual megabyte while it starts.
                "-Xss8m",
                // What is measured is the steady state, so the vector form is taken from the first step on.
                // Compiling belongs to what is told of the first steps, so nothing is taken from an earlier run.
                "-Dnnet.cache=off", "-Dnnet.threads=" + threads, "-Dnnet.tiering=off", "-Dai.djl.pytorch.num_threads=" + threads,
                Seat.class.getName(), workload.name(), contender.name(), Integer.toString(threads)));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("OPT_OUT_TRACKING", "true");
        builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
        builder.environment().put("OPENBLAS_NUM_THREADS", Integer.toString(threads));
        this.process = builder.start();
        this.commands = new PrintWriter(process.outputWriter(), true);
        this.answers = process.inputReader();
    }

    /// The JVM of a contender has ended before its time.
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1;

        Failure(String message) {
            super(message);
        }
    }

    Contender contender() {
        return contender;
    }

    Cell cell(String row) {
        return new Cell(workload, row, contender, threads);
    }

    /// Tells it to do something, without waiting for the answer.
    void say(String command) {
        commands.println(command);
    }

    /// Waits for the answer to what was said.
    Map<String, Double> answer() {
        Map<String, Double> values = new LinkedHashMap<>();
        List<String> said = new ArrayList<>();
        try {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.equals(Seat.END)) {
                    return values;
                }
                if (line.startsWith(Seat.MARK)) {
                    int space = line.lastIndexOf(' ');
                    values.put(line.substring(Seat.MARK.length(), space), Double.valueOf(line.substring(space + 1)));
                } else {
                    said.add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new Failure(cell("") + " failed with " + process.onExit().join().exitValue() + ":\n" + String.join("\n", said));
    }

    Map<String, Double> ask(String command) {
        say(command);
        return answer();
    }

    @Override
    public void close() {
        process.destroy();
        // Who comes next finds neither its memory taken nor the machine busy with its end.
        process.onExit().join();
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
