package nnet.compiler.parse;

import java.util.Optional;
import java.util.regex.Pattern;
import nnet.compiler.source.Diagnostic;
import nnet.compiler.source.Source;

/// Files that are no source text: those of other programs that also end in `.nnet`, and whatever else is no text in UTF-8.
final class ForeignFormat {

    /// A line of nothing but numbers, with a comma after each: sizes of layers. It follows comment lines that begin with `//`.
    private static final Pattern SIZES = Pattern.compile("[-+\\d.eE \\t]*\\d[-+\\d.eE \\t]*,[-+\\d.eE, \\t]*");

    private ForeignFormat() {
    }

    static Optional<Diagnostic> recognise(Source source) {
        String text = source.text();
        if (isJavaSerialised(text)) {
            return Optional.of(Diagnostic.error("this is a network saved by Neuroph, not source text of nnc", source.span(0, 0),
                    "a stream of serialised Java objects begins here")
                    .hint("Neuroph uses the extension .nnet for its binary files; open it with Neuroph"));
        }
        if (text.indexOf('\0') >= 0) {
            return Optional.of(Diagnostic.error("this is no text in UTF-8", source.span(0, 0), "bytes that are 0 follow")
                    .hint("a text saved as UTF-16 can be saved as UTF-8; a file of another program is opened with that program"));
        }
        int start = afterComments(text);
        int end = text.indexOf('\n', start) < 0 ? text.length() : text.indexOf('\n', start);
        if (SIZES.matcher(text.substring(start, end).stripTrailing()).matches()) {
            return Optional.of(Diagnostic
                    .error("this is a network in the NNet text format of ACAS-Xu, not source text of nnc", source.span(start, end),
                            "the sizes of its layers")
                    .hint("that format also uses the extension .nnet; read it with the tools of its authors"));
        }
        return Optional.empty();
    }

    /// The bytes AC ED 00 05, decoded as UTF-8 (two replacement characters) or byte by byte.
    private static boolean isJavaSerialised(String text) {
        return text.startsWith("\uFFFD\uFFFD\u0000\u0005") || text.startsWith("\u00AC\u00ED\u0000\u0005");
    }

    private static int afterComments(String text) {
        int at = 0;
        while (at < text.length() && (text.startsWith("//", at) || Character.isWhitespace(text.charAt(at)))) {
            int lineEnd = text.indexOf('\n', at);
            at = !text.startsWith("//", at) ? at + 1 : lineEnd < 0 ? text.length() : lineEnd;
        }
        return at;
    }
}
