package nnet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import nnet.compiler.Compilation;
import nnet.compiler.Journey;
import nnet.compiler.Texts;
import nnet.compiler.schedule.Target;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `nnc compile`: class files for an application.
@Command(name = "compile", description = "Compiles a network to Java class files. They need the runtime jar and a Java 17 or later.")
final class CompileCommand extends NetworkCommand {

    @Option(names = {"-d", "--directory"}, paramLabel = "DIR", required = true, description = "The root of the class files, as with javac.")
    Path folder;

    @Override
    boolean run() throws IOException {
        Map<String, byte[]> classes = new TreeMap<>();
        for (Texts one : source.each()) {
            Optional<Compilation> compilation = source.compile(one, terminal(), Target.all(), Journey.SILENT);
            if (compilation.isEmpty()) {
                return false;
            }
            classes.putAll(compilation.get().classes());
        }
        write(classes);
        return true;
    }

    private void write(Map<String, byte[]> classes) throws IOException {
        long bytes = 0;
        for (Map.Entry<String, byte[]> type : classes.entrySet()) {
            Path file = folder.resolve(type.getKey().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, type.getValue());
            bytes += type.getValue().length;
        }
        terminal().out()
                .println("wrote " + Numbers.count(classes.size(), "class file") + " to " + folder + " (" + Numbers.bytes(bytes) + ")");
    }
}
