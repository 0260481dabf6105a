package nnet.compiler.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The words of IR text. A minus right before what follows belongs to it (`-1`, `-x.2`); a binary one stands free.
final class Tokens {

    private static final Pattern TOKEN = Pattern.compile("\\s+|//[^\\n]*|-?(?:[0-9][0-9.]*(?:E-?[0-9]+)?d?|infinityd?|nand?)(?![A-Za-z_.])"
            + "|(?:[A-Za-z_][A-Za-z_0-9.]*|\"(?:[^\"\\\\]|\\\\.)*\"(?:\\.[0-9]+)?)|>>>|>>|<<|<=|==|!=|.");

    private record Token(String text, int line) {
    }

    /// `name.id`
    record Numbered(String name, int id) {
    }

    private final List<Token> tokens = new ArrayList<>();
    private int next;

    Tokens(String text) {
        Matcher matcher = TOKEN.matcher(text);
        int line = 1;
        while (matcher.find()) {
            String token = matcher.group();
            if (!token.isBlank() && !token.startsWith("//")) {
                tokens.add(new Token(token, line));
            }
            line += (int) token.chars().filter(c -> c == '\n').count();
        }
    }

    boolean atEnd() {
        return next >= tokens.size();
    }

    String peek() {
        return atEnd() ? "end of text" : tokens.get(next).text;
    }

    String next() {
        String token = peek();
        next++;
        return token;
    }

    boolean accept(String token) {
        boolean found = !atEnd() && peek().equals(token);
        if (found) {
            next++;
        }
        return found;
    }

    void expect(String token) {
        if (!accept(token)) {
            next++;
            throw unexpected(token);
        }
    }

    /// What to throw after `next` gave something other than what was wanted.
    IllegalArgumentException unexpected(String wanted) {
        int last = Math.min(next, tokens.size()) - 1;
        return new IllegalArgumentException("line " + tokens.get(last).line + ": " + wanted + " expected, found " + tokens.get(last).text);
    }

    int integer() {
        String token = next();
        try {
            return Integer.parseInt(token);
        } catch (NumberFormatException _) {
            throw unexpected("a whole number");
        }
    }

    String name() {
        return unquoted(next());
    }

    Numbered numbered() {
        String token = next();
        int dot = token.lastIndexOf('.');
        try {
            return new Numbered(unquoted(token.substring(0, Math.max(dot, 0))), Integer.parseInt(token.substring(dot + 1)));
        } catch (NumberFormatException _) {
            throw unexpected("name.number");
        }
    }

    private static String unquoted(String name) {
        return name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\") : name;
    }

    void list(String open, String close, Runnable element) {
        expect(open);
        if (accept(close)) {
            return;
        }
        do {
            element.run();
        } while (accept(","));
        expect(close);
    }
}
