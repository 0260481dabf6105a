package nnet.compiler.parse;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import nnet.grammar.NnetLexer;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/// Which line breaks separate statements. One does, if all of these hold:
///
/// - the innermost open bracket is a brace;
/// - the token before it may end a statement: it is no operator, comma, arrow or the like;
/// - the token after it does not continue one: it is no operator, arrow, closing bracket, `else` or the like. A minus continues if white space
///   follows it (`- x`), and begins a new statement if not (`-x`).
final class Lines {

    private static final Set<Integer> OPENS = Set.of(NnetLexer.OPEN_BRACE, NnetLexer.SEMICOLON, NnetLexer.ARROW, NnetLexer.UPDATE,
            NnetLexer.MAPS_TO,
            NnetLexer.ASSIGN, NnetLexer.COLON, NnetLexer.COMMA, NnetLexer.DOT, NnetLexer.RANGE, NnetLexer.EQUAL, NnetLexer.NOT_EQUAL,
            NnetLexer.LESS,
            NnetLexer.LESS_EQUAL, NnetLexer.GREATER, NnetLexer.GREATER_EQUAL, NnetLexer.PLUS, NnetLexer.MINUS, NnetLexer.TIMES,
            NnetLexer.DIVIDE,
            NnetLexer.REMAINDER, NnetLexer.MATRIX, NnetLexer.POWER, NnetLexer.AND, NnetLexer.OR, NnetLexer.NOT, NnetLexer.LET,
            NnetLexer.REQUIRE,
            NnetLexer.EMIT, NnetLexer.FOR, NnetLexer.IN, NnetLexer.IF, NnetLexer.ELSE, NnetLexer.REPEAT, NnetLexer.SCAN, NnetLexer.AS,
            NnetLexer.WITH, NnetLexer.TRUNCATE);

    private static final Set<Integer> CONTINUES = Set.of(NnetLexer.OPEN_BRACE, NnetLexer.CLOSE_BRACE, NnetLexer.CLOSE_BRACKET,
            NnetLexer.CLOSE_PARENTHESIS, NnetLexer.SEMICOLON, NnetLexer.ARROW, NnetLexer.UPDATE, NnetLexer.MAPS_TO, NnetLexer.ASSIGN,
            NnetLexer.COLON,
            NnetLexer.COMMA, NnetLexer.DOT, NnetLexer.DOT_STAR, NnetLexer.RANGE, NnetLexer.EQUAL, NnetLexer.NOT_EQUAL, NnetLexer.LESS,
            NnetLexer.LESS_EQUAL, NnetLexer.GREATER, NnetLexer.GREATER_EQUAL, NnetLexer.PLUS, NnetLexer.TIMES, NnetLexer.DIVIDE,
            NnetLexer.REMAINDER,
            NnetLexer.MATRIX, NnetLexer.POWER, NnetLexer.AND, NnetLexer.OR, NnetLexer.IN, NnetLexer.ELSE, NnetLexer.AS, NnetLexer.WITH,
            NnetLexer.BACKWARDS, NnetLexer.TRUNCATE, Token.EOF);

    private Lines() {
    }

    /// Brings the separating NEWLINE tokens into the parser's view.
    static void separate(List<CommonToken> tokens, String text) {
        Deque<Integer> open = new ArrayDeque<>();
        Optional<CommonToken> newline = Optional.empty();
        int before = NnetLexer.OPEN_BRACE;
        for (CommonToken token : tokens) {
            if (token.getChannel() != Token.DEFAULT_CHANNEL) {
                if (token.getType() == NnetLexer.NEWLINE && newline.isEmpty()) {
                    newline = Optional.of(token);
                }
                continue;
            }
            boolean inBraces = !open.isEmpty() && open.peek() == NnetLexer.OPEN_BRACE;
            if (newline.isPresent() && inBraces && !OPENS.contains(before) && !continues(token, text)) {
                newline.get().setChannel(Token.DEFAULT_CHANNEL);
            }
            track(open, token.getType());
            before = token.getType();
            newline = Optional.empty();
        }
    }

    private static boolean continues(CommonToken token, String text) {
        if (token.getType() == NnetLexer.MINUS) {
            int next = token.getStopIndex() + 1;
            return next >= text.length() || Character.isWhitespace(text.charAt(next));
        }
        return CONTINUES.contains(token.getType());
    }

    /// Brackets are balanced by now.
    private static void track(Deque<Integer> open, int type) {
        switch (type) {
            case NnetLexer.OPEN_BRACE, NnetLexer.OPEN_BRACKET, NnetLexer.OPEN_PARENTHESIS -> open.push(type);
            case NnetLexer.CLOSE_BRACE, NnetLexer.CLOSE_BRACKET, NnetLexer.CLOSE_PARENTHESIS -> open.pop();
            default -> {
            }
        }
    }
}
