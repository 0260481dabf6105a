package nnet.tests.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import nnet.tests.place.Repository;
import nnet.tests.place.Workplace;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the documents show is true: every fenced block is run, or says why not.
///
/// | block | what is done |
/// | --- | --- |
/// | `nnet` | checked by the compiler, as a file of its own |
/// | `nnet mistakes` | only in the language reference: a test of the compiler compares the messages in its comments |
/// | `sh` | run as a script in a copy of the samples; it must succeed |
/// | `console` | each `$ command` is run likewise, and must print what the block shows |
/// | `java` | compiled; statements alone are put into a method |
/// | `text` | nothing: it shows a form, not a fact |
///
/// Any block may be excused by its info string, as in `sh not run: it takes an hour`; one of another language must be. `-Ddocument=guide/tables` takes one document alone.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DocumentationTest {

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicContainer> everyBlockIsTrue() {
        return documents().filter(file -> file.toString().contains(System.getProperty("document", "")))
                .map(file -> DynamicContainer.dynamicContainer(Repository.ROOT.relativize(file).toString(), tests(file)));
    }

    private static Stream<Path> documents() {
        Path root = Repository.ROOT;
        return Stream.of(List.of(root.resolve("README.md"), root.resolve("CONTRIBUTING.md")), Repository.files(root.resolve("docs"), ".md"),
                Repository.files(root.resolve("samples"), ".md")).flatMap(List::stream);
    }

    /// The blocks of one document share a folder, in order, as a reader would go through them.
    private Stream<DynamicTest> tests(Path file) {
        Path place = folder.resolve(Repository.ROOT.relativize(file).toString().replace('/', '-'));
        return Block.in(file, Repository.read(file)).stream()
                .map(block -> DynamicTest.dynamicTest(block.title(), file.toUri(), () -> verify(block, place)));
    }

    private static void verify(Block block, Path place) throws IOException, InterruptedException {
        if (block.isExcused()) {
            return;
        }
        switch (block.language()) {
            case "nnet" -> network(block, place);
            case "sh" -> succeeds(workplace(place), block.text());
            case "console" -> shows(workplace(place), block.text());
            case "java" -> assertEquals(List.of(), JavaBlock.problems(block.text()));
            case "text" -> assertEquals("", block.note(), "a text block needs no note");
            default -> throw new AssertionError("nobody knows how to run this block; say why it is not run: " + block.title());
        }
    }

    private static void network(Block block, Path place) throws IOException, InterruptedException {
        if (block.note().equals("mistakes")) {
            assertTrue(block.file().endsWith("language.md"), "the compiler's tests look at the mistakes of the reference only");
        } else {
            succeeds(workplace(place),
                    "./nnc check " + workplace(place).write("block" + block.line() + ".nnet", block.text()).getFileName());
        }
    }

    private static Workplace workplace(Path place) throws IOException {
        return Files.exists(place) ? new Workplace(place) : Workplace.create(place);
    }

    private static void succeeds(Workplace workplace, String commands) throws IOException, InterruptedException {
        var outcome = workplace.run(commands);
        assertEquals(0, outcome.status(), outcome.output());
    }

    private static void shows(Workplace workplace, String text) throws IOException, InterruptedException {
        for (Console step : Console.in(text)) {
            var outcome = workplace.run(step.command());
            assertTrue(step.matches(outcome.output()),
                    () -> "$ " + step.command() + "\nprinted\n" + outcome.output() + "\nbut the document shows\n" + step.expected());
        }
    }

    @Test
    void aBlockKnowsItsLineAndItsExcuse() {
        Path file = Path.of("x.md");
        var blocks = Block.in(file, "# Title\n\n```sh not run: no network\ncurl\n```\n```nnet\nnetwork\n```\n");
        assertEquals(List.of(new Block(file, 3, "sh", "not run: no network", "curl\n"), new Block(file, 6, "nnet", "", "network\n")),
                blocks);
        assertTrue(blocks.get(0).isExcused());
        assertFalse(blocks.get(1).isExcused());
    }

    @Test
    void consoleOutputIsComparedLineByLine() {
        Console step = Console.in("$ nnc train\nepoch 1 of ...\n...\ndone\n").getFirst();
        assertTrue(step.matches("epoch 1 of 20, loss 0.1\nepoch 2\nepoch 3\ndone\n"));
        assertTrue(step.matches("epoch 1 of 1\ndone\n"));
        assertFalse(step.matches("epoch 1 of 1\nnot done\n"));
        assertFalse(step.matches("epoch 2 of 3\nepoch 1 of 3\n"));
    }

    @Test
    void aJavaBlockMustCompile() {
        assertEquals(List.of(), JavaBlock.problems("import java.util.List;\nvar x = List.of(1);\n"));
        assertEquals(1, JavaBlock.problems("int x = \"text\";\n").size());
    }
}
