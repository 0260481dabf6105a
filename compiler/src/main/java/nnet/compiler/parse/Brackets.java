package nnet.compiler.parse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import nnet.compiler.source.Diagnostic;
import nnet.compiler.source.Source;
import nnet.grammar.NnetLexer;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.Token;

/// Reports brackets without a partner and repairs them, so that a forgotten one costs one message and not all that follows: a missing bracket is
/// put in where it must have been at the latest, a superfluous one is hidden.
final class Brackets {

    /// Words that begin a statement and cannot stand inside parentheses or square brackets.
    private static final Set<Integer> STATEMENTS = Set.of(NnetLexer.LET, NnetLexer.REQUIRE, NnetLexer.FOR, NnetLexer.EMIT);

    private final Source source;
    private final List<Diagnostic> diagnostics;
    private final Deque<CommonToken> open = new ArrayDeque<>();
    private final List<CommonToken> balanced = new ArrayList<>();

    private Brackets(Source source, List<Diagnostic> diagnostics) {
        this.source = source;
        this.diagnostics = diagnostics;
    }

    static List<CommonToken> balance(Source source, List<CommonToken> tokens, List<Diagnostic> diagnostics) {
        Brackets brackets = new Brackets(source, diagnostics);
        for (int i = 0; i < tokens.size(); i++) {
            CommonToken token = tokens.get(i);
            if (token.getChannel() == Token.DEFAULT_CHANNEL) {
                brackets.visit(token, tokens.subList(i + 1, tokens.size()));
            }
            brackets.balanced.add(token);
        }
        return brackets.balanced;
    }

    private void visit(CommonToken token, List<CommonToken> after) {
        int type = token.getType();
        if (type == Token.EOF || isDeclaration(token, after)) {
            closeUntil(0, token);
        } else if (STATEMENTS.contains(type) && startsLine(token)) {
            closeUntil(openUpToBrace(), token);
        } else if (closerOf(type) != Token.INVALID_TYPE) {
            open.push(token);
        } else if (type == NnetLexer.CLOSE_BRACE || type == NnetLexer.CLOSE_BRACKET || type == NnetLexer.CLOSE_PARENTHESIS) {
            close(token);
        }
    }

    private void close(CommonToken token) {
        int depth = open.size();
        for (CommonToken opener : open) {
            if (closerOf(opener.getType()) == token.getType()) {
                closeUntil(depth, token);
                open.pop();
                return;
            }
            if (opener.getType() == NnetLexer.OPEN_BRACE) {
                break;
            }
            depth--;
        }
        diagnostics.add(Diagnostic.error("`" + token.getText() + "` closes nothing", Tokens.span(source, token), ""));
        token.setChannel(Token.HIDDEN_CHANNEL);
    }

    /// Puts in what closes all but the outermost `depth` open brackets. One message is enough: the others were most likely forgotten for the same reason.
    private void closeUntil(int depth, CommonToken before) {
        if (open.size() > depth) {
            CommonToken opener = open.peek();
            Diagnostic diagnostic = Diagnostic.error("`" + opener.getText() + "` is never closed", Tokens.span(source, opener), "");
            boolean isEnd = before.getType() == Token.EOF;
            diagnostics.add(
                    isEnd ? diagnostic : diagnostic.label(Tokens.span(source, before), "expected `" + closer(opener) + "` before this"));
        }
        int end = balanced.size();
        while (end > 0 && balanced.get(end - 1).getChannel() == Token.HIDDEN_CHANNEL) {
            end--;
        }
        while (open.size() > depth) {
            CommonToken missing = new CommonToken(closerOf(open.pop().getType()), "");
            missing.setStartIndex(before.getStartIndex());
            missing.setStopIndex(before.getStartIndex() - 1);
            balanced.add(end++, missing);
        }
    }

    private int openUpToBrace() {
        int depth = open.size();
        for (CommonToken opener : open) {
            if (opener.getType() == NnetLexer.OPEN_BRACE) {
                return depth;
            }
            depth--;
        }
        return open.size();
    }

    /// At the left margin, a declaration's word followed by a name: no statement begins so.
    private static boolean isDeclaration(CommonToken token, List<CommonToken> after) {
        return token.getCharPositionInLine() == 0 && isDeclarationWord(token.getType())
                && after.stream().filter(t -> t.getChannel() == Token.DEFAULT_CHANNEL).findFirst().filter(t -> isName(t.getType()))
                        .isPresent();
    }

    private boolean startsLine(CommonToken token) {
        return source.text().substring(source.text().lastIndexOf('\n', token.getStartIndex()) + 1, token.getStartIndex()).isBlank();
    }

    static boolean isDeclarationWord(int type) {
        return type >= NnetLexer.PACKAGE && type <= NnetLexer.RECORD;
    }

    private static boolean isName(int type) {
        return type == NnetLexer.IDENTIFIER || type >= NnetLexer.PACKAGE && type <= NnetLexer.STATE;
    }

    private static String closer(CommonToken opener) {
        String literal = NnetLexer.VOCABULARY.getLiteralName(closerOf(opener.getType()));
        return literal.substring(1, 2);
    }

    private static int closerOf(int type) {
        return switch (type) {
            case NnetLexer.OPEN_BRACE -> NnetLexer.CLOSE_BRACE;
            case NnetLexer.OPEN_BRACKET -> NnetLexer.CLOSE_BRACKET;
            case NnetLexer.OPEN_PARENTHESIS -> NnetLexer.CLOSE_PARENTHESIS;
            default -> Token.INVALID_TYPE;
        };
    }
}
