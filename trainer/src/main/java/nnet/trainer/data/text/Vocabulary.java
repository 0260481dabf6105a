package nnet.trainer.data.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Numbers for the pieces of texts: what `text(...)` and `texts(...)` feed to a network, and what its predictions mean.
///
/// The special tokens come first (padding is 0, then the end, where there is one, and the unknown), then the pieces in the order in which they were learnt.
public final class Vocabulary {

    /// Stands for the end of a text that is shorter than what a network takes.
    public static final String PADDING = "<padding>";
    /// Stands behind a text that is to be written, and before its first token.
    public static final String END = "<end>";
    /// Stands for every piece that is not in the vocabulary.
    public static final String UNKNOWN = "<unknown>";

    private final Pieces pieces;
    private final List<String> tokens;
    private final Map<String, Integer> numbers = new HashMap<>();

    /// @param pieces how a text is cut
    /// @param tokens special ones first
    /// @throws IllegalArgumentException if a token is there twice
    public Vocabulary(Pieces pieces, List<String> tokens) {
        this.pieces = pieces;
        this.tokens = List.copyOf(tokens);
        for (String token : tokens) {
            if (numbers.put(token, numbers.size()) != null) {
                throw new IllegalArgumentException("the token `" + token + "` is there twice");
            }
        }
    }

    /// A piece that the vocabulary does not have, in a text where every piece must be known.
    public static final class UnknownToken extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String token;
        private final int at;

        UnknownToken(String token, int at) {
            super("`" + token + "` is not in the vocabulary");
            this.token = token;
            this.at = at;
        }

        public String token() {
            return token;
        }

        /// The token as messages show it: in one line, whatever it is.
        public String shown() {
            StringBuilder shown = new StringBuilder();
            token.codePoints().forEach(character -> {
                switch (character) {
                    case '\n' -> shown.append("\\n");
                    case '\r' -> shown.append("\\r");
                    case '\t' -> shown.append("\\t");
                    default -> shown.append(
                            Character.isISOControl(character) ? String.format("\\u%04x", character) : Character.toString(character));
                }
            });
            return shown.toString();
        }

        /// Where it begins in the text.
        public int at() {
            return at;
        }
    }

    /// How many tokens there are.
    public int size() {
        return tokens.size();
    }

    /// The text of a token.
    public String token(int number) {
        return tokens.get(number);
    }

    /// The number of a token, or -1.
    public int find(String token) {
        return numbers.getOrDefault(token, -1);
    }

    /// The tokens of a text.
    ///
    /// @throws UnknownToken for a piece that is not known, if the vocabulary has no token for such
    public int[] encode(String text) {
        Numbers found = new Numbers();
        int unknown = find(UNKNOWN);
        pieces.cut(text, (piece, at) -> {
            int number = find(piece);
            if (number < 0 && unknown < 0) {
                throw new UnknownToken(piece, at);
            }
            found.add(number < 0 ? unknown : number);
        });
        return found.toArray();
    }

    /// The text of some tokens up to its end. Padding is left out; a number that no token has, as a network with more categories may say it, is unknown.
    public String decode(int... numbersOfTokens) {
        int end = find(END);
        List<String> texts = new ArrayList<>();
        for (int number : numbersOfTokens) {
            if (number == end) {
                break;
            }
            String token = number < tokens.size() ? tokens.get(number) : UNKNOWN;
            if (!token.equals(PADDING)) {
                texts.add(token);
            }
        }
        return pieces.join(texts);
    }

    /// As a list of texts, from which `read` makes the same vocabulary.
    public List<String> write() {
        List<String> list = new ArrayList<>(pieces.write());
        list.add(0, Integer.toString(list.size()));
        list.addAll(tokens);
        return list;
    }

    /// @throws IllegalArgumentException if the list is not what `write` gives; the message is for a person
    public static Vocabulary read(List<String> list) {
        if (list.isEmpty() || !list.getFirst().matches("\\d{1,9}") || Integer.parseInt(list.getFirst()) >= list.size()) {
            throw new IllegalArgumentException("its vocabulary is damaged");
        }
        int end = 1 + Integer.parseInt(list.getFirst());
        return new Vocabulary(Pieces.read(list.subList(1, end)), list.subList(end, list.size()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Vocabulary that && write().equals(that.write());
    }

    @Override
    public int hashCode() {
        return tokens.hashCode();
    }

    @Override
    public String toString() {
        return tokens.toString();
    }

    /// A list of whole numbers that grows.
    private static final class Numbers {
        private int[] values = new int[64];
        private int count;

        void add(int value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = value;
        }

        int[] toArray() {
            return Arrays.copyOf(values, count);
        }
    }
}
