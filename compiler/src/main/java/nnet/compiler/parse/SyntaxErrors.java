package nnet.compiler.parse;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nnet.compiler.source.Diagnostic;
import nnet.compiler.source.NearName;
import nnet.compiler.source.Source;
import nnet.compiler.source.Span;
import nnet.grammar.NnetParser;
import nnet.grammar.NnetParser.FileContext;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.NoViableAltException;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenStream;
import org.antlr.v4.runtime.misc.IntervalSet;

/// Turns what the parser could not match into messages, at most one for each line, and lets it go on behind the mistake.
final class SyntaxErrors extends DefaultErrorStrategy {

    private static final List<String> DECLARATIONS = List.of("package", "import", "network", "layer", "fn", "loss", "metric", "schedule",
            "initializer",
            "optimizer", "penalty", "clip", "train", "const", "enum", "record");

    private final Source source;
    private final List<Diagnostic> diagnostics;
    private final Set<Integer> reportedLines = new HashSet<>();

    SyntaxErrors(Source source, List<Diagnostic> diagnostics) {
        this.source = source;
        this.diagnostics = diagnostics;
        diagnostics.forEach(diagnostic -> diagnostic.labels().forEach(label -> reportedLines.add(label.span().line())));
    }

    @Override
    public void reportError(Parser parser, RecognitionException e) {
        if (!inErrorRecoveryMode(parser)) {
            beginErrorCondition(parser);
            boolean deep = e instanceof NoViableAltException n && n.getStartToken() != e.getOffendingToken();
            report(parser, e.getOffendingToken(), deep ? IntervalSet.EMPTY_SET : e.getExpectedTokens());
        }
    }

    @Override
    protected void reportUnwantedToken(Parser parser) {
        if (!inErrorRecoveryMode(parser)) {
            beginErrorCondition(parser);
            report(parser, parser.getCurrentToken(), getExpectedTokens(parser));
        }
    }

    /// Nothing is made up that the user did not write.
    @Override
    protected boolean singleTokenInsertion(Parser parser) {
        return false;
    }

    /// Nothing is left out that the user did write: the closing brace of a block is no mistake because a name could stand in its place.
    @Override
    protected Token singleTokenDeletion(Parser parser) {
        return null;
    }

    /// Between declarations the parser goes on at the next one, whatever stands before it.
    @Override
    public void sync(Parser parser) {
        IntervalSet expected = getExpectedTokens(parser);
        if (!(parser.getContext() instanceof FileContext) || expected.contains(parser.getCurrentToken().getType())) {
            super.sync(parser);
            return;
        }
        if (!inErrorRecoveryMode(parser)) {
            report(parser, parser.getCurrentToken(), expected);
        }
        do {
            parser.consume();
        } while (!isDeclaration(parser.getCurrentToken()) && parser.getCurrentToken().getType() != Token.EOF);
        endErrorCondition(parser);
    }

    /// Goes on at the end of the statement: the brackets are balanced, so it ends before a bracket closes that was opened before it.
    @Override
    public void recover(Parser parser, RecognitionException e) {
        consumeUntil(parser, IntervalSet.EMPTY_SET);
    }

    @Override
    protected void consumeUntil(Parser parser, IntervalSet set) {
        int depth = 0;
        Token token = parser.getCurrentToken();
        while (token.getType() != Token.EOF && !isDeclaration(token)
                && !(depth == 0 && (set.contains(token.getType()) || ends(token.getType())))) {
            switch (token.getType()) {
                case NnetParser.OPEN_BRACE, NnetParser.OPEN_BRACKET, NnetParser.OPEN_PARENTHESIS -> depth++;
                case NnetParser.CLOSE_BRACE, NnetParser.CLOSE_BRACKET, NnetParser.CLOSE_PARENTHESIS -> depth--;
                default -> {
                }
            }
            parser.consume();
            token = parser.getCurrentToken();
        }
    }

    private static boolean ends(int type) {
        return switch (type) {
            case NnetParser.NEWLINE, NnetParser.SEMICOLON, NnetParser.CLOSE_BRACE, NnetParser.CLOSE_BRACKET, NnetParser.CLOSE_PARENTHESIS ->
                true;
            default -> false;
        };
    }

    private static boolean isDeclaration(Token token) {
        return token.getCharPositionInLine() == 0 && Brackets.isDeclarationWord(token.getType());
    }

    private void report(Parser parser, Token found, IntervalSet expected) {
        Span span = span(found);
        if (!reportedLines.add(span.line())) {
            return;
        }
        Token before = before(parser.getInputStream(), found);
        String title = Expectation.describe(expected).map(e -> "expected " + e + ", found " + shown(found))
                .orElse("unexpected " + shown(found));
        diagnostics.add(remedy(Diagnostic.error(title, span, ""), found, before, expected));
    }

    /// What a token looks like to a person.
    private String shown(Token token) {
        return switch (token.getType()) {
            case Token.EOF -> "the end of the file";
            case NnetParser.NEWLINE -> "the end of the line";
            case NnetParser.STRING -> "a text";
            default -> "`" + span(token).text() + "`";
        };
    }

    private Diagnostic remedy(Diagnostic diagnostic, Token found, Token before, IntervalSet expected) {
        int type = found.getType();
        if (type == NnetParser.ASSIGN && expected.contains(NnetParser.EQUAL)) {
            return diagnostic.hint("`==` compares, `=` gives a value to a name");
        }
        if (type == NnetParser.ASSIGN && before.getType() == NnetParser.IDENTIFIER && expected.contains(NnetParser.COMMA)) {
            return diagnostic.hint("an argument gets its name with a colon: `" + before.getText() + ": ...`");
        }
        if (type == NnetParser.TIMES && before.getType() == NnetParser.TIMES) {
            return diagnostic.hint("powers are written `x ^ n`");
        }
        if (type == NnetParser.GREATER && before.getType() == NnetParser.MINUS) {
            return diagnostic.hint("an arrow is written `->`, without a space");
        }
        if (isComparison(type)) {
            return diagnostic.hint("comparisons do not chain; write `a < b and b < c`");
        }
        if (type == NnetParser.IMPORT || type == NnetParser.PACKAGE) {
            return diagnostic.hint("`package`, then imports, stand above all declarations");
        }
        if (type == NnetParser.UPDATE) {
            return diagnostic.hint("`<-` gives a state its new value; write `a < -b` with a space to compare");
        }
        if (type == NnetParser.IDENTIFIER && expected.contains(NnetParser.NETWORK) && !expected.contains(NnetParser.IDENTIFIER)) {
            Optional<String> hint = NearName.hint(found.getText(), DECLARATIONS);
            return hint.map(diagnostic::hint)
                    .orElseGet(() -> diagnostic.hint("declarations begin with one of " + String.join(", ", DECLARATIONS)));
        }
        if (type == NnetParser.DOT && expected.contains(NnetParser.INTEGER)) {
            return diagnostic.hint("numbers begin with a digit: `0.5`");
        }
        return expected.contains(NnetParser.SEMICOLON)
                ? diagnostic.hint("one statement stands on a line, or `;` separates them")
                : diagnostic;
    }

    private static boolean isComparison(int type) {
        return type >= NnetParser.EQUAL && type <= NnetParser.GREATER_EQUAL;
    }

    private static Token before(TokenStream tokens, Token token) {
        int i = token.getTokenIndex() - 1;
        while (i > 0 && tokens.get(i).getChannel() != Token.DEFAULT_CHANNEL) {
            i--;
        }
        return i < 0 ? token : tokens.get(i);
    }

    private Span span(Token token) {
        return Tokens.span(source, token);
    }
}
