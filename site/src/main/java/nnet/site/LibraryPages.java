package nnet.site;

import java.util.ArrayList;
import java.util.Comparator;
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
    private static final String GENERAL = "layers";

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

    /// The most common layers first.
    private static List<Entry> ordered(List<Entry> entries) {
        return entries.stream().sorted(Comparator.comparing(entry -> !entry.file().equals(GENERAL))).toList();
    }

    private static List<Page> pages(List<Entry> entries, String folder, String section, String imported) {
        List<Page> pages = new ArrayList<>();
        Map<String, StringBuilder> lists = new LinkedHashMap<>();
        Map<String, StringBuilder> others = new LinkedHashMap<>();
        for (Entry entry : ordered(entries)) {
            String group = imported.isEmpty() ? entry.file() : GENERAL;
            if (entry.kind() == Declaration.Kind.LAYER) {
                lists.computeIfAbsent(group, file -> new StringBuilder(head(file)))
                        .append("| [").append(entry.name()).append("](").append(entry.name()).append(".html) | ").append(cell(entry))
                        .append(" |\n");
                pages.add(new Page(folder + "/" + entry.name(), "", entry.name(), layer(entry, imported)));
            } else {
                others.computeIfAbsent(group, file -> new StringBuilder("# " + title(file) + "\n")).append(item(entry));
            }
        }
        pages.addFirst(new Page(folder + "/index", "Library", section, "# " + section + "\n" + String.join("", lists.values())));
        others.forEach((file, text) -> pages.add(new Page(folder + "/" + file, "Library", title(file), text.toString())));
        return pages;
    }

    /// The layers of a file, by the name of the file; those of `layers.nnet` are what most networks are made of, and need no other title.
    private static String head(String file) {
        return (file.equals(GENERAL) ? "" : "\n## " + capital(file) + "\n") + "\n| name | what it does |\n| --- | --- |\n";
    }

    /// What stands beside the models are functions for them.
    private static String title(String file) {
        return file.equals(GENERAL) ? "Functions of models" : capital(file);
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
        return "\n## " + entry.name() + "\n\n" + entry.text() + "\n\n" + code(entry.source());
    }

    private static String code(String text) {
        return "```nnet\n" + text.strip() + "\n```\n";
    }

    private static String capital(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
