package nnet.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import nnet.compiler.Compilation;
import nnet.compiler.Journey;
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
        Optional<Compilation> compilation = source.compile(terminal(), Target.all(), Journey.SILENT);
        if (compilation.isEmpty()) {
            return false;
        }
        long bytes = 0;
        for (Map.Entry<String, byte[]> type : new TreeMap<>(compilation.get().classes()).entrySet()) {
            Path file = folder.resolve(type.getKey().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, type.getValue());
            bytes += type.getValue().length;
        }
        terminal().out().println("wrote " + Numbers.count(compilation.get().classes().size(), "class file") + " to " + folder + " ("
                + Numbers.bytes(bytes) + ")");
        return true;
    }
}
