package nnet.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/// Makes HTML of pages: the same frame around each, with the navigation at its side.
final class Template {
    private static final Pattern OUTSIDE = Pattern.compile("https?:.*|#.*|mailto:.*");

    /// What the compiler says to a line of code, as the reference of the language shows it.
    private static final Pattern ANSWER = Pattern.compile("(?<=^ {0,40})(// (error|hint): .*)$", Pattern.MULTILINE);

    private final List<Page> pages;
    private final String frame = resource("page.html");
    private final Parser parser = Parser.builder().extensions(List.of(TablesExtension.create())).build();
    private final HtmlRenderer renderer = HtmlRenderer.builder().extensions(List.of(TablesExtension.create()))
            .attributeProviderFactory(_ -> (node, _, attributes) -> {
                if (node instanceof Heading heading) {
                    attributes.put("id", anchor(heading));
                }
            }).build();

    Template(List<Page> pages) {
        this.pages = List.copyOf(pages);
    }

    String html(Page page) {
        Node document = parser.parse(page.markdown());
        document.accept(new Links(page));
        String up = "../".repeat(page.depth());
        return frame.replace("{title}", escaped(page.title())).replace("{up}", up).replace("{navigation}", navigation(page, up)).replace(
                "{content}",
                ANSWER.matcher(renderer.render(document)).replaceAll("<span class=\"$2\">$1</span>"));
    }

    static String style() {
        return resource("style.css");
    }

    private String navigation(Page current, String up) {
        StringBuilder html = new StringBuilder();
        String section = "";
        for (Page page : pages) {
            if (page.section().isEmpty()) {
                continue;
            }
            if (!page.section().equals(section)) {
                section = page.section();
                html.append("<h2>").append(escaped(section)).append("</h2>\n");
            }
            String here = page.path().equals(current.path()) ? " aria-current=\"page\"" : "";
            html.append("<a href=\"").append(up).append(page.path()).append(".html\"").append(here).append('>')
                    .append(escaped(page.title()))
                    .append("</a>\n");
        }
        return html.toString();
    }

    /// `Own layers: the basics` becomes `own-layers-the-basics`, as on the usual code hosts.
    private static String anchor(Heading heading) {
        StringBuilder words = new StringBuilder();
        heading.accept(new AbstractVisitor() {
            @Override
            public void visit(Text text) {
                words.append(text.getLiteral());
            }

            @Override
            public void visit(org.commonmark.node.Code code) {
                words.append(code.getLiteral());
            }
        });
        return words.toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String resource(String name) {
        try (InputStream stream = Objects.requireNonNull(Template.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    /// Links between documents of the repository become links between pages; links to other files of the repository lose their target, since the site holds no files.
    private final class Links extends AbstractVisitor {
        private final Page page;

        Links(Page page) {
            this.page = page;
        }

        @Override
        public void visit(Link link) {
            String target = link.getDestination();
            if (!OUTSIDE.matcher(target).matches() && !target.contains(".html")) {
                String[] parts = target.split("#", 2);
                String path = place(parts[0]).replace(".md", "");
                if (pages.stream().anyMatch(other -> other.path().equals(path))) {
                    link.setDestination("../".repeat(page.depth()) + path + ".html" + (parts.length > 1 ? "#" + parts[1] : ""));
                } else {
                    while (link.getFirstChild() != null) {
                        link.insertBefore(link.getFirstChild());
                    }
                    link.unlink();
                }
            }
            visitChildren(link);
        }

        /// Where a document of the repository lies in the site: `docs` is its root, and so is the root of the repository.
        private String place(String target) {
            String folder = page.path().contains("/") ? page.path().substring(0, page.path().lastIndexOf('/') + 1) : "";
            return Path.of("/" + folder).resolve(target.replaceFirst("^docs/", "")).normalize().toString().substring(1)
                    .replace('\\', '/');
        }
    }
}
