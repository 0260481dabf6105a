package nnet.compiler.parse;

import nnet.compiler.source.Span;
import nnet.compiler.syntax.Expression;
import nnet.compiler.syntax.Expression.IntegerLiteral;
import nnet.compiler.syntax.Expression.RealLiteral;
import org.antlr.v4.runtime.Token;

/// The values of numbers and texts.
record Literals(Places places) {

    Expression integer(Token token) {
        Span span = places.span(token);
        try {
            return new IntegerLiteral(span, Long.parseLong(digits(span)));
        } catch (NumberFormatException _) {
            places.error("this integer is too large", span, "the largest is " + Long.MAX_VALUE);
            return new IntegerLiteral(span, 0);
        }
    }

    Expression real(Token token) {
        Span span = places.span(token);
        double value = Double.parseDouble(digits(span));
        if (Double.isInfinite(value)) {
            places.error("this number is too large", span, "the largest is " + Double.MAX_VALUE);
        }
        return new RealLiteral(span, Double.isInfinite(value) ? 0 : value);
    }

    private static String digits(Span span) {
        return span.text().replace("_", "");
    }

    /// What stands between the quotes, with `\n`, `\t`, `\"` and `\\` replaced.
    String text(Token token) {
        Span span = places.span(token);
        String written = span.text();
        int end = written.length() > 1 && written.endsWith("\"") ? written.length() - 1 : written.length();
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < end; i++) {
            char c = written.charAt(i);
            if (c == '\\' && i + 1 < end) {
                i++;
                c = escaped(written.charAt(i), places.source().span(span.start() + i - 1, span.start() + i + 1));
            }
            text.append(c);
        }
        return text.toString();
    }

    private char escaped(char c, Span span) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case '"', '\\' -> c;
            default -> {
                places.error("`\\" + c + "` has no meaning in a text", span, "known are \\n, \\t, \\\" and \\\\");
                yield c;
            }
        };
    }
}
