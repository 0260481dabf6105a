package nnet.compiler.optimise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import nnet.compiler.differentiate.Differentiate;
import nnet.compiler.tensor.Batch;
import nnet.compiler.tensor.Graph;
import nnet.compiler.tensor.Printer;
import nnet.compiler.tensor.Reader;
import nnet.compiler.tensor.Verifier;
import nnet.compiler.type.Dim;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Files with a graph, a line of passes (`--- simplify, batch, gradients loss w b, optimise`) and the graph that comes out. `-Dbless=true` writes what comes out into the file.
class GoldenTest {

    private static final Path FOLDER = Path.of("src/test/resources/nnet/compiler/optimise");

    @TestFactory
    Stream<DynamicTest> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList().stream().map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
        }
    }

    @Test
    void thereAreFiles() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertFalse(files.toList().isEmpty());
        }
    }

    private static void check(Path file) throws IOException {
        String text = Files.readString(file);
        int start = text.indexOf("\n--- ") + 1;
        int end = text.indexOf('\n', start) + 1;
        String passes = text.substring(start + 4, end).strip();
        Graph graph = Verifier.verify(Reader.read(comments(text.substring(0, start))));
        for (String pass : passes.split(", ")) {
            graph = Verifier.verify(apply(pass, graph));
        }
        String actual = Printer.print(graph);
        if (Boolean.getBoolean("bless")) {
            Files.writeString(file, text.substring(0, end) + actual);
        }
        assertEquals(text.substring(end), actual, file + " (read the difference with care, then bless it with -Dbless=true)");
    }

    /// Without the lines that say what the file is about.
    private static String comments(String text) {
        return String.join("\n", text.lines().filter(line -> !line.startsWith("#")).toList());
    }

    private static Graph apply(String pass, Graph graph) {
        List<String> words = Arrays.asList(pass.split(" "));
        return switch (words.getFirst()) {
            case "simplify" -> Optimise.simplify(graph);
            case "optimise" -> Optimise.optimise(graph);
            case "batch" -> Batch.batch(graph, Dim.symbol("batch"));
            case "gradients" -> Differentiate.gradients(graph, words.get(1), words.subList(2, words.size()));
            default -> throw new IllegalArgumentException(pass);
        };
    }
}
