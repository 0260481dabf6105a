package nnet.maven;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.maven.plugin.MojoExecutionException;

/// `nnc build` in a process of its own.
///
/// @param java the `java` of a JDK that is new enough
/// @param jars the compiler
record CompilerProcess(Path java, List<Path> jars) {

    private static final List<String> FLAGS = List.of("-Xlog:disable", "-XX:+UseSerialGC");
    /// A compilation is over before the best machine code would pay.
    private static final List<String> SHORT = List.of("-XX:TieredStopAtLevel=1");
    private static final List<String> LONG = List.of("--add-modules", "jdk.incubator.vector");

    /// Runs until the end.
    ///
    /// @param isLong whether much is computed
    /// @param hear   gets every message as soon as it comes
    void run(List<String> arguments, boolean isLong, Consumer<Message> hear)
            throws IOException, InterruptedException, MojoExecutionException {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(FLAGS);
        command.addAll(isLong ? LONG : SHORT);
        command.addAll(List.of("-cp", jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)), "nnet.cli.Main",
                "build"));
        command.addAll(arguments);
        Path complaints = Files.createTempFile("nnc", ".txt");
        Process process = new ProcessBuilder(command).redirectError(complaints.toFile()).start();
        boolean wrong = false;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Message message = Message.read(line);
                wrong |= message.kind().equals("error");
                hear.accept(message);
            }
            if (process.waitFor() != 0 && !wrong) {
                throw new MojoExecutionException("the compiler ended with code " + process.exitValue() + ":\n"
                        + Files.readString(complaints));
            }
        } finally {
            process.destroy();
            Files.delete(complaints);
        }
    }
}
