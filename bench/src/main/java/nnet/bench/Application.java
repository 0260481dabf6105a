package nnet.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import nnet.compiler.Compilation;
import nnet.runtime.CompiledNetwork;
import nnet.runtime.Network;

/// A small application as a user builds it: one jar with its own class, the classes of a network and the weights beside them; the other is the runtime.
record Application(Path folder, String classPath) {
    private static final String MAIN = "First";
    private static final String SOURCE = """
            public class First {
                public static void main(String[] arguments) {
                    float[] row = new float[%d];
                    for (int i = 0; i < row.length; i++) {
                        row[i] = i %% 7 / 7f;
                    }
                    float[] answer = bench.Mlp.pretrained().infer(row);
                    double sum = 0;
                    for (int i = 0; i < answer.length; i++) {
                        sum += answer[i] * Math.cos(i);
                    }
                    System.out.println("%s".concat(Double.toString(sum)));
                }
            }
            """;

    Application(InferenceTask task, Path folder) throws IOException {
        this(folder, build(task, folder));
    }

    /// The command line that starts it.
    List<String> command(String... options) {
        List<String> command = new ArrayList<>(List.of(Fork.program("java")));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath, MAIN));
        return command;
    }

    private static String build(InferenceTask task, Path folder) throws IOException {
        Compilation compilation = NncContenders.compile(NncContenders.texts(task.network(), Map.of()));
        Network network = NncContenders.load(compilation, task.network());
        NncContenders.start(task.weights(), network);
        Path classes = Files.createDirectories(folder.resolve("classes"));
        for (var entry : compilation.classes().entrySet()) {
            Path file = classes.resolve(entry.getKey().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, entry.getValue());
        }
        ((CompiledNetwork) network).save(classes.resolve("bench").resolve("Mlp.safetensors"), Map.of());
        Path source = Files.writeString(folder.resolve(MAIN + ".java"), SOURCE.formatted(task.inputs(), Seat.MARK), StandardCharsets.UTF_8);
        String runtime = Fork.jarOf(CompiledNetwork.class);
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", classes.toString(), "-cp", classes + ":" + runtime,
                source.toString());
        if (result != 0) {
            throw new IOException("javac says " + result);
        }
        Path jar = folder.resolve("application.jar");
        archive(classes, jar);
        return jar + ":" + runtime;
    }

    private static void archive(Path classes, Path jar) throws IOException {
        try (var files = Files.walk(classes); var out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
    }
}
