package nnet.compiler.parse;

import java.util.function.Consumer;

/// The words of a text outside its line comments.
final class Words {

    private Words() {
    }

    static void each(String text, int start, int end, Consumer<String> use) {
        int at = start;
        while (at < end) {
            char c = text.charAt(at);
            if (isPart(c)) {
                int after = Math.min(end, end(text, at));
                use.accept(text.substring(at, after));
                at = after;
            } else if (c == '/' && text.startsWith("//", at)) {
                int newline = text.indexOf('\n', at);
                at = newline < 0 ? end : newline;
            } else {
                at++;
            }
        }
    }

    /// The offset after the word that begins at `start`.
    static int end(String text, int start) {
        int end = start;
        while (end < text.length() && isPart(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isPart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }
}
