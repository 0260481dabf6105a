package nnet.compiler.parse;

import java.util.ArrayList;
import java.util.List;
import nnet.compiler.source.Diagnostic;
import nnet.compiler.source.Source;
import nnet.compiler.source.Span;
import nnet.grammar.NnetLexer;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/// Text -> tokens, with line breaks in view where they separate statements. Texts that are no token are reported here and taken out of the
/// parser's sight, so that one stray character does not hide the mistakes after it.
final class Tokens {

    private Tokens() {
    }

    static List<CommonToken> of(Source source, List<Outline.Part> parts, List<Diagnostic> diagnostics) {
        NnetLexer lexer = new NnetLexer(CharStreams.fromString(withoutSurrogates(source.text())));
        lexer.removeErrorListeners();
        List<CommonToken> tokens = new ArrayList<>();
        parts.forEach(part -> read(lexer, part, tokens));
        int end = source.text().stripTrailing().length();
        CommonToken endOfFile = new CommonToken(Token.EOF, "<EOF>");
        endOfFile.setStartIndex(end);
        endOfFile.setStopIndex(end - 1);
        tokens.add(endOfFile);
        report(source, tokens, diagnostics);
        List<CommonToken> balanced = Brackets.balance(source, tokens, diagnostics);
        Lines.separate(balanced, source.text());
        for (int i = 0; i < balanced.size(); i++) {
            balanced.get(i).setTokenIndex(i);
        }
        return balanced;
    }

    private static void read(NnetLexer lexer, Outline.Part part, List<CommonToken> tokens) {
        lexer.getInputStream().seek(part.start());
        lexer._hitEOF = false;
        for (Token token = lexer.nextToken(); token.getType() != Token.EOF
                && token.getStartIndex() < part.end(); token = lexer.nextToken()) {
            tokens.add((CommonToken) token);
        }
    }

    static Span span(Source source, Token token) {
        return source.span(token.getStartIndex(), Math.max(token.getStartIndex(), token.getStopIndex() + 1));
    }

    /// ANTLR counts code points where spans count UTF-16 units. No token but a string or a comment may hold a surrogate, and the text of a string is taken
    /// from the source, so replacing each by one other character makes both counts equal.
    private static String withoutSurrogates(String text) {
        if (text.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return text;
        }
        StringBuilder replaced = new StringBuilder(text);
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                replaced.setCharAt(i, '\uFFFD');
            }
        }
        return replaced.toString();
    }

    private static void report(Source source, List<CommonToken> tokens, List<Diagnostic> diagnostics) {
        int reported = -1;
        for (CommonToken token : tokens) {
            Span span = span(source, token);
            switch (token.getType()) {
                case NnetLexer.OPEN_STRING -> {
                    diagnostics.add(Diagnostic.error("this text has no closing quote", span, "it ends with the line"));
                    token.setType(NnetLexer.STRING);
                }
                case NnetLexer.SINGLE_QUOTED -> {
                    diagnostics.add(Diagnostic.error("a text stands between double quotes", span, "")
                            .hint("write \"" + span.text().replace("'", "") + "\""));
                    token.setType(NnetLexer.STRING);
                }
                case NnetLexer.OPEN_COMMENT -> {
                    diagnostics.add(
                            Diagnostic.error("this comment is never closed", source.span(span.start(), span.start() + 2), "expected `*/`"));
                    token.setChannel(Token.HIDDEN_CHANNEL);
                }
                case NnetLexer.UNKNOWN -> {
                    if (reported != span.start()) {
                        diagnostics.add(unknown(source, span));
                    }
                    reported = span.end();
                    token.setChannel(Token.HIDDEN_CHANNEL);
                }
                default -> {
                }
            }
        }
    }

    private static Diagnostic unknown(Source source, Span span) {
        int codePoint = source.text().codePointAt(span.start());
        String shown = Character.isISOControl(codePoint) || Character.isSurrogate((char) codePoint)
                ? "character U+%04X".formatted(codePoint)
                : "`" + Character.toString(codePoint) + "`";
        Diagnostic diagnostic = Diagnostic.error(shown + " has no meaning here", span, "");
        return switch (codePoint) {
            case '!' -> diagnostic.hint("write `not` for negation, `!=` for inequality");
            case '&' -> diagnostic.hint("write `and` for conjunction");
            case '|' -> diagnostic.hint("write `or` for disjunction");
            case '#' -> diagnostic.hint("comments begin with `//`");
            case '\'', '\u201C', '\u201D' -> diagnostic.hint("text stands between straight double quotes: \"like this\"");
            default -> diagnostic;
        };
    }
}
