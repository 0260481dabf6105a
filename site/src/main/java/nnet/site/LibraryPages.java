package nnet.site;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import nnet.compiler.parse.Parser;
import nnet.compiler.source.Source;
import nnet.compiler.syntax.Declaration;
import nnet.trainer.StandardLibrary;

/// Pages made from the files of the library: one for each layer and model, one for each file of anything else.
final class LibraryPages {
    static final String MODELS = "nnet.models";

    private LibraryPages() {
    }

    static List<Page> all() {
        List<Page> pages = new ArrayList<>(pages(entries(StandardLibrary.sources()), "library", "Layers", ""));
        pages.addAll(pages(entries(StandardLibrary.declaring(MODELS, "*")), "models", "Models", MODELS));
        return pages;
    }

    /// Everything that has documentation; what has none is the library's own business.
    static List<Entry> entries(List<Source> sources) {
        List<Entry> entries = new ArrayList<>();
        for (Source source : sources) {
            for (Declaration declaration : Parser.parse(source).file().declarations()) {
                if (declaration instanceof Declaration.Definition definition && definition.doc().isPresent()) {
                    entries.add(Entry.of(source, definition));
                }
            }
        }
        return entries;
    }

    private static List<Page> pages(List<Entry> entries, String folder, String section, String imported) {
        List<Page> pages = new ArrayList<>();
        StringBuilder list = new StringBuilder("# " + section + "\n\n| name | what it does |\n| --- | --- |\n");
        Map<String, StringBuilder> others = new LinkedHashMap<>();
        for (Entry entry : entries) {
            if (entry.kind() == Declaration.Kind.LAYER) {
                list.append("| [").append(entry.name()).append("](").append(entry.name()).append(".html) | ").append(cell(entry))
                        .append(" |\n");
                pages.add(new Page(folder + "/" + entry.name(), "", entry.name(), layer(entry, imported)));
            } else {
                others.computeIfAbsent(entry.file(), file -> new StringBuilder("# " + capital(file) + "\n")).append(item(entry));
            }
        }
        pages.addFirst(new Page(folder + "/index", "Library", section, list.toString()));
        others.forEach((file, text) -> pages.add(new Page(folder + "/" + file, "Library", capital(file), text.toString())));
        return pages;
    }

    private static String cell(Entry entry) {
        return entry.summary().replace("|", "\\|");
    }

    private static String layer(Entry entry, String imported) {
        StringBuilder text = new StringBuilder("# " + entry.name() + "\n\n" + code(entry.signature()) + "\n" + entry.text() + "\n");
        entry.example().map(line -> Example.of(line, entry.name(), imported)).ifPresent(
                example -> text.append("\n## Example\n\n").append(code(example.text())).append('\n').append(example.result()).append('\n'));
        return text.append("\n## How it is written\n\n").append(code(entry.source())).toString();
    }

    private static String item(Entry entry) {
        return "\n## " + entry.name() + "\n\n" + code(entry.signature()) + "\n" + entry.text() + "\n";
    }

    private static String code(String text) {
        return "```nnet\n" + text.strip() + "\n```\n";
    }

    private static String capital(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
