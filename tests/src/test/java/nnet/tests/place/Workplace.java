package nnet.tests.place;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;

/// A folder that looks to a reader like a clone after the first call of `nnc`: the samples, the runtime jar, and an `nnc` which is the one of
/// this build. The variable `NNC_JVM` replaces its JVM flags.
public record Workplace(Path folder) {
    private static final long PATIENCE_SECONDS = 300;

    public static Workplace create(Path folder) throws IOException {
        copy(Repository.ROOT.resolve("samples"), folder.resolve("samples"));
        jar(Repository.ROOT.resolve("runtime/target/classes"), folder.resolve("cli/target/lib/nnet-runtime-test.jar"));
        Path nnc = Files.writeString(folder.resolve("nnc"), """
                #!/bin/sh
                exec '%s' -XX:+UseSerialGC ${NNC_JVM:---add-modules jdk.incubator.vector} -cp '%s' nnet.cli.Main "$@"
                """.formatted(Path.of(System.getProperty("java.home"), "bin", "java"), System.getProperty("java.class.path")));
        Path findJdk = folder.resolve("config/find-jdk");
        Files.createDirectories(findJdk.getParent());
        Files.writeString(findJdk, "#!/bin/sh\necho '" + System.getProperty("java.home") + "'\n");
        if (!nnc.toFile().setExecutable(true) || !findJdk.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + nnc + " executable");
        }
        return new Workplace(folder);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path relative = from.relativize(file);
                if (!relative.startsWith("target")) {
                    Path target = to.resolve(relative.toString());
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                }
            }
        }
    }

    private static void jar(Path classes, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try (var jar = new JarOutputStream(Files.newOutputStream(file))) {
            for (Path entry : Repository.files(classes, ".class")) {
                jar.putNextEntry(new ZipEntry(classes.relativize(entry).toString()));
                Files.copy(entry, jar);
            }
        }
    }

    public Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    public record Outcome(int status, String output) {}

    /// Runs a command line as a reader would; what it says on either stream is its output.
    public Outcome run(String commandLine) throws IOException, InterruptedException {
        Path output = Files.createTempFile("output", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder("sh", "-eu", "-c", commandLine).directory(folder.toFile()).redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().put("NO_COLOR", "1");
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new IOException("still running after " + PATIENCE_SECONDS + " s: " + commandLine);
            }
            return new Outcome(process.exitValue(), withoutTheJvmsOwnWords(Files.readString(output)));
        } finally {
            Files.delete(output);
        }
    }

    private static String withoutTheJvmsOwnWords(String output) {
        return output.lines().filter(line -> !line.startsWith("WARNING: Using incubator modules")).map(line -> line + "\n")
                .collect(Collectors.joining());
    }
}
