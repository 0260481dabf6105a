package nnet.compiler.code;

import java.util.List;
import java.util.stream.Collectors;

/// How nodes print themselves within others.
final class Printing {

    private Printing() {
    }

    /// An expression without the parentheses around it, where the context brackets it already.
    static String bare(Expression expression) {
        String text = expression.toString();
        boolean wrapped = text.startsWith("(") && matching(text) == text.length() - 1;
        return wrapped ? text.substring(1, text.length() - 1) : text;
    }

    private static int matching(String text) {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            depth += switch (text.charAt(i)) {
                case '(' -> 1;
                case ')' -> -1;
                default -> 0;
            };
            if (depth == 0) {
                return i;
            }
        }
        return text.length();
    }

    static String arguments(List<Expression> arguments) {
        return arguments.stream().map(Printing::bare).collect(Collectors.joining(", ", "(", ")"));
    }

    /// Statements in braces, each line indented.
    static String braces(List<Statement> statements) {
        String body = statements.stream().map(Statement::toString).collect(Collectors.joining("\n"));
        return "{\n" + (statements.isEmpty() ? "" : indented(body)) + "}";
    }

    /// Each line four columns to the right; empty lines stay empty.
    static String indented(String text) {
        return text.lines().map(line -> (line.isBlank() ? "" : "    " + line) + "\n").collect(Collectors.joining());
    }
}
