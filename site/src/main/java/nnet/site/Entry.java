package nnet.site;

import java.util.Arrays;
import java.util.Optional;
import nnet.compiler.source.Source;
import nnet.compiler.syntax.Declaration;

/// A declaration of the library, as its readers see it.
///
/// @param file      name of the file without folder and ending, such as `activations`
/// @param signature the source up to the body
/// @param text      the documentation without its example
/// @param example   what stands behind `Example:` in the documentation
/// @param source    the whole declaration
record Entry(String file, Declaration.Kind kind, String name, String signature, String text, Optional<String> example, String source) {
    private static final String EXAMPLE = "Example:";

    static Entry of(Source source, Declaration.Definition definition) {
        String doc = definition.doc().orElse("");
        String text = String.join("\n", doc.lines().filter(line -> !line.strip().startsWith(EXAMPLE)).toList()).strip();
        Optional<String> example = doc.lines().map(String::strip).filter(line -> line.startsWith(EXAMPLE))
                .map(line -> line.substring(EXAMPLE.length()).strip()).findFirst();
        String path = source.name();
        String file = path.substring(path.lastIndexOf('/') + 1).replace(".nnet", "");
        return new Entry(file, definition.kind(), definition.name().text(), signature(source, definition), text, example,
                definition.span().text());
    }

    private static String signature(Source source, Declaration.Definition definition) {
        String head = source.text().substring(definition.span().start(), definition.body().span().start()).strip();
        return head.endsWith("=") || head.endsWith("{") ? head.substring(0, head.length() - 1).strip() : head;
    }

    /// The first sentence, for lists.
    String summary() {
        String paragraph = text.isEmpty() ? "" : Arrays.stream(text.split("\n\n")).findFirst().orElse("").replace('\n', ' ');
        int end = paragraph.indexOf(". ");
        return end < 0 ? paragraph : paragraph.substring(0, end + 1);
    }
}
