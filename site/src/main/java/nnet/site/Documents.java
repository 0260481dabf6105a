package nnet.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The documents of the repository, in the order in which a reader may want them.
final class Documents {
    private static final List<String> GUIDE = List.of("first-network", "tables", "images", "sequences", "own-layer", "own-loss",
            "embedding", "maven",
            "reproducibility", "speed");

    private static final List<String> REFERENCE = List.of("language", "inside", "performance");

    private Documents() {
    }

    static List<Page> all(Path root) throws IOException {
        List<Page> pages = new ArrayList<>();
        pages.add(page(root.resolve("README.md"), "index", "Start"));
        for (String name : guide(root.resolve("docs/guide"))) {
            pages.add(page(root.resolve("docs/guide/" + name + ".md"), "guide/" + name, "Guide"));
        }
        for (String name : REFERENCE) {
            pages.add(page(root.resolve("docs/" + name + ".md"), name, "Reference"));
        }
        return pages;
    }

    /// The pages of the guide that are there, those that the order does not name at the end.
    private static List<String> guide(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".md"))
                    .map(name -> name.replace(".md", ""))
                    .sorted(Comparator.comparingInt((String name) -> GUIDE.contains(name) ? GUIDE.indexOf(name) : GUIDE.size())
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        }
    }

    private static Page page(Path file, String path, String section) throws IOException {
        String text = Files.readString(file);
        String title = text.lines().filter(line -> line.startsWith("# ")).findFirst().orElse("# " + path).substring(2);
        return new Page(path, section, title, text);
    }
}
