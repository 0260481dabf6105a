package nnet.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads the JSON that headers of safetensors files hold: objects, lists, texts, whole numbers from 0 on. Anything else is an error, as is a name that comes
/// twice in one object. Nesting is bounded, so that no text can exhaust the stack.
final class Json {

    private static final int MAX_DEPTH = 8;

    private final String text;
    private int at;

    Json(String text) {
        this.text = text;
    }

    /// The value: a `Map<String, Object>`, a `List<Object>`, a `String` or a `Long`.
    Object read() throws SafetensorsHeader.BadHeader {
        Object value = value(0);
        skipSpace();
        if (at < text.length()) {
            throw bad("nothing more");
        }
        return value;
    }

    private Object value(int depth) throws SafetensorsHeader.BadHeader {
        skipSpace();
        char c = peek();
        if (depth > MAX_DEPTH) {
            throw bad("less nesting");
        }
        if (c == '{') {
            return object(depth);
        }
        if (c == '[') {
            return list(depth);
        }
        if (c == '"') {
            return string();
        }
        if (c >= '0' && c <= '9') {
            return number();
        }
        throw bad("a value");
    }

    private Map<String, Object> object(int depth) throws SafetensorsHeader.BadHeader {
        Map<String, Object> members = new LinkedHashMap<>();
        at++;
        if (takes('}')) {
            return members;
        }
        do {
            skipSpace();
            if (peek() != '"') {
                throw bad("a name in quotes");
            }
            String name = string();
            expect(':');
            if (members.put(name, value(depth + 1)) != null) {
                throw new SafetensorsHeader.BadHeader("the header names '" + name + "' twice");
            }
        } while (takes(','));
        expect('}');
        return members;
    }

    private List<Object> list(int depth) throws SafetensorsHeader.BadHeader {
        List<Object> items = new ArrayList<>();
        at++;
        if (takes(']')) {
            return items;
        }
        do {
            items.add(value(depth + 1));
        } while (takes(','));
        expect(']');
        return items;
    }

    private Long number() throws SafetensorsHeader.BadHeader {
        long value = 0;
        while (peek() >= '0' && peek() <= '9') {
            value = value * 10 + (text.charAt(at++) - '0');
            if (value > 1L << 48) {
                throw bad("a smaller number");
            }
        }
        return value;
    }

    private String string() throws SafetensorsHeader.BadHeader {
        StringBuilder result = new StringBuilder();
        at++;
        while (true) {
            char c = peek();
            if (c < ' ') {
                throw bad("the end of the text in quotes");
            }
            at++;
            if (c == '"') {
                return result.toString();
            }
            result.append(c == '\\' ? escape() : c);
        }
    }

    private char escape() throws SafetensorsHeader.BadHeader {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw bad("an escape that JSON knows");
        };
    }

    private char unicode() throws SafetensorsHeader.BadHeader {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = peek() < 128 ? Character.digit(peek(), 16) : -1;
            if (digit < 0) {
                throw bad("four hexadecimal digits");
            }
            code = code << 4 | digit;
            at++;
        }
        return (char) code;
    }

    /// The next character, or 0 at the end.
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private boolean takes(char c) {
        skipSpace();
        if (peek() != c) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(char c) throws SafetensorsHeader.BadHeader {
        if (!takes(c)) {
            throw bad("'" + c + "'");
        }
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private SafetensorsHeader.BadHeader bad(String expected) {
        return new SafetensorsHeader.BadHeader("not a safetensors file: byte " + (8 + at) + " or so of its header should be " + expected);
    }

    /// Appends a text in quotes, with escapes where JSON needs them.
    static StringBuilder quote(StringBuilder out, String value) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"');
    }
}
