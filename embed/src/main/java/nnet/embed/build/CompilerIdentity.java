package nnet.embed.build;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import nnet.compiler.Compiler;
import nnet.trainer.Hashes;

/// What tells one compiler from another: all of its class files, so that a development version is known as well.
final class CompilerIdentity {

    private CompilerIdentity() {
    }

    static String text() throws IOException {
        Path place = place();
        if (Files.isRegularFile(place)) {
            return Compiler.VERSION + " " + Hashes.hash(place);
        }
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                all.append(Files.size(file)).append(Files.getLastModifiedTime(file).toMillis()).append('\n');
            }
        }
        return Compiler.VERSION + " " + Hashes.hash(all.toString());
    }

    private static Path place() {
        try {
            return Path.of(Compiler.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("the place of the compiler is a URL of the class loader", impossible);
        }
    }
}
