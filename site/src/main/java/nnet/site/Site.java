package nnet.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Writes the site.
public final class Site {

    private Site() {
    }

    /// `Site REPOSITORY FOLDER`
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]).normalize(), Path.of(arguments[1]));
    }

    static List<Page> write(Path repository, Path folder) throws IOException {
        List<Page> pages = new ArrayList<>(Documents.all(repository));
        pages.addAll(LibraryPages.all());
        Template template = new Template(pages);
        for (Page page : pages) {
            Path file = folder.resolve(page.path() + ".html");
            Files.createDirectories(file.getParent());
            Files.writeString(file, template.html(page));
        }
        Files.writeString(folder.resolve("style.css"), Template.style());
        return pages;
    }
}
