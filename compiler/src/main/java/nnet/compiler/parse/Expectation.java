package nnet.compiler.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import nnet.grammar.NnetParser;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/// A set of tokens in a person's words: not forty signs, but "an expression or `)`".
final class Expectation {

    /// Signs that may stand after any whole expression; they are no news to anyone.
    private static final List<Integer> GOING_ON = List.of(NnetParser.ARROW, NnetParser.OR, NnetParser.AND, NnetParser.EQUAL,
            NnetParser.NOT_EQUAL, NnetParser.LESS,
            NnetParser.LESS_EQUAL, NnetParser.GREATER, NnetParser.GREATER_EQUAL, NnetParser.PLUS, NnetParser.MINUS, NnetParser.TIMES,
            NnetParser.DIVIDE,
            NnetParser.REMAINDER, NnetParser.MATRIX, NnetParser.POWER, NnetParser.OPEN_PARENTHESIS, NnetParser.OPEN_BRACKET, NnetParser.DOT,
            NnetParser.DOT_STAR, NnetParser.MAPS_TO, NnetParser.RANGE);

    private Expectation() {
    }

    static Optional<String> describe(IntervalSet expected) {
        List<String> words = new ArrayList<>();
        IntervalSet rest = new IntervalSet(expected);
        boolean goesOn = expected.contains(NnetParser.POWER) || expected.contains(NnetParser.EQUAL) || expected.contains(NnetParser.OR);
        if (expected.contains(NnetParser.INTEGER)) {
            words.add(expected.contains(NnetParser.LET) ? "a statement" : "an expression");
            without(rest, NnetParser.PACKAGE, NnetParser.ARROW, NnetParser.MINUS, NnetParser.OPEN_BRACE, NnetParser.OPEN_BRACKET,
                    NnetParser.OPEN_PARENTHESIS, NnetParser.RANGE);
        } else if (expected.contains(NnetParser.IDENTIFIER)) {
            words.add("a name");
            without(rest, NnetParser.PACKAGE);
        } else if (expected.contains(NnetParser.NETWORK)) {
            words.add("a declaration");
            without(rest, NnetParser.PACKAGE, Token.EOF);
        } else if (goesOn) {
            GOING_ON.forEach(rest::remove);
        }
        if (rest.contains(NnetParser.NEWLINE)) {
            words.add("a new line");
            without(rest, NnetParser.NEWLINE, NnetParser.SEMICOLON);
        }
        rest.toList().stream().filter(type -> type != Token.EOF && type < NnetParser.DOC).map(Expectation::sign).forEach(words::add);
        return words.isEmpty() || words.size() > 5 ? Optional.empty() : Optional.of(joined(words));
    }

    /// Takes out the given tokens; PACKAGE stands for all words and literals.
    private static void without(IntervalSet set, int... types) {
        for (int type : types) {
            set.remove(type);
            if (type == NnetParser.PACKAGE) {
                for (int word = NnetParser.PACKAGE; word <= NnetParser.FALSE; word++) {
                    set.remove(word);
                }
                for (int literal = NnetParser.IDENTIFIER; literal <= NnetParser.STRING; literal++) {
                    set.remove(literal);
                }
            }
        }
    }

    private static String sign(int type) {
        String literal = NnetParser.VOCABULARY.getLiteralName(type);
        if (literal != null) {
            return "`" + literal.substring(1, literal.length() - 1) + "`";
        }
        return switch (type) {
            case NnetParser.IDENTIFIER -> "a name";
            case NnetParser.STRING -> "a text";
            default -> "a number";
        };
    }

    private static String joined(List<String> words) {
        return words.size() == 1 ? words.getFirst() : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
    }
}
