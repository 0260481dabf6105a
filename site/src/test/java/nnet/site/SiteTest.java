package nnet.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nnet.compiler.syntax.Declaration;
import nnet.trainer.StandardLibrary;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTest {
    private static final Pattern LINK = Pattern.compile("href=\"([^\"#]*)(#[^\"]*)?\"");

    @TempDir
    static Path folder;

    private static List<Page> pages;

    /// Writing the pages of the library compiles every example in it.
    @BeforeAll
    static void write() throws IOException {
        pages = Site.write(Path.of(System.getProperty("basedir", ".")).resolve("..").toAbsolutePath().normalize(), folder);
    }

    @Test
    void everyLinkLeadsToAPage() throws IOException {
        List<String> lost = new ArrayList<>();
        for (Page page : pages) {
            Path file = folder.resolve(page.path() + ".html");
            Matcher links = LINK.matcher(Files.readString(file));
            while (links.find()) {
                String target = links.group(1);
                if (!target.isEmpty() && !target.startsWith("http") && !Files.exists(file.resolveSibling(target).normalize())) {
                    lost.add(page.path() + ": " + target);
                }
            }
        }
        assertEquals(List.of(), lost);
    }

    @Test
    void whatTheCompilerSaysStandsOutFromTheCode() throws IOException {
        String language = Files.readString(folder.resolve("language.html"));
        assertTrue(language.contains("\n  <span class=\"hint\">// hint: Did you mean `relu`?</span>\n"));
        assertTrue(language.contains("\n<span class=\"error\">// error: division by zero</span>\n"));
    }

    @Test
    void everyLayerHasAPageWithAnExample() {
        List<Entry> layers = LibraryPages.entries(StandardLibrary.sources()).stream()
                .filter(entry -> entry.kind() == Declaration.Kind.LAYER).toList();
        assertTrue(layers.size() >= 50, layers.size() + " layers");
        assertEquals(List.of(), layers.stream().filter(layer -> layer.example().isEmpty()).map(Entry::name).toList());
        for (Entry layer : layers) {
            assertTrue(pages.stream().anyMatch(page -> page.path().equals("library/" + layer.name())), layer.name());
        }
    }

    @Test
    void theDocumentationOfEveryLayerGivesItsShapes() {
        assertEquals(List.of(), LibraryPages.entries(StandardLibrary.sources()).stream()
                .filter(entry -> entry.kind() == Declaration.Kind.LAYER && !entry.text().contains("Shapes: ")
                        && !entry.text().contains("] to ["))
                .map(Entry::name).toList());
    }

    @Test
    void theMostCommonLayersComeFirstAndOthersByTheirFiles() {
        Page layers = pages.stream().filter(page -> page.path().equals("library/index")).findFirst().orElseThrow();
        assertTrue(layers.markdown().startsWith("# Layers\n\n| name | what it does |\n| --- | --- |\n| [Dense](Dense.html)"),
                layers.markdown());
        assertTrue(layers.markdown().contains("\n## Recurrent\n"), layers.markdown());
    }

    @Test
    void whatIsNoLayerShowsHowItIsWritten() {
        Page losses = pages.stream().filter(page -> page.path().equals("library/losses")).findFirst().orElseThrow();
        assertTrue(losses.markdown().contains("loss mean_absolute_error(y: [...], target: [...]) = mean(abs(y - target))"));
    }

    @Test
    void whatAPageSaysOfAnExampleIsWhatTheCompilerFound() {
        Page dense = pages.stream().filter(page -> page.path().equals("library/Dense")).findFirst().orElseThrow();
        assertTrue(dense.markdown().contains("It gives `f32[128]` and learns 100,480 parameters."), dense.markdown());
    }
}
