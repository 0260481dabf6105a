package nnet.trainer.data.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/// What kind of vocabulary is to be learnt.
///
/// @param limit how many tokens it may have at most, special ones included; absent: as many as the network has categories
public record Tokens(Kind kind, OptionalInt limit, Unknown unknown) {

    public enum Kind {
        CHARACTERS, WORDS, LOWER_WORDS, BYTE_PAIRS
    }

    /// What becomes of pieces that are not in the vocabulary.
    public enum Unknown {
        /// They are a mistake in the data.
        ERROR,
        /// They become one token of their own.
        REPLACE
    }

    /// Learns from texts. Of characters and words the most frequent get in, of equally frequent ones the first in the order of the texts; they are numbered in that
    /// order.
    ///
    /// @param most      how many tokens there may be
    /// @param special   the tokens that come first
    /// @throws IllegalArgumentException if `unknown` is an error and the limit leaves pieces out; the message is for the user
    public Vocabulary learn(Iterable<String> texts, int most, List<String> special) {
        int size = Math.min(most, limit.orElse(most));
        List<String> tokens = new ArrayList<>(special);
        if (unknown == Unknown.REPLACE && kind != Kind.BYTE_PAIRS) {
            tokens.add(Vocabulary.UNKNOWN);
        }
        return switch (kind) {
            case CHARACTERS -> frequent(new Characters(), texts, tokens, size);
            case WORDS -> frequent(new Words(false), texts, tokens, size);
            case LOWER_WORDS -> frequent(new Words(true), texts, tokens, size);
            case BYTE_PAIRS -> bytePairs(texts, tokens, size);
        };
    }

    private static Vocabulary bytePairs(Iterable<String> texts, List<String> special, int size) {
        int room = size - special.size();
        if (room < BytePairs.BYTES) {
            throw new IllegalArgumentException("a vocabulary of " + size + " tokens is too small for byte pairs, which need " + BytePairs.BYTES
                    + " for single bytes" + (special.isEmpty() ? "" : " and " + special.size() + " for " + String.join(", ", special)));
        }
        BytePairs pieces = BytePairs.learn(String.join("\n", texts), room);
        List<String> tokens = new ArrayList<>(special);
        tokens.addAll(pieces.all());
        return new Vocabulary(pieces, tokens);
    }

    private Vocabulary frequent(Pieces pieces, Iterable<String> texts, List<String> special, int size) {
        Map<String, Integer> counts = new HashMap<>();
        texts.forEach(text -> pieces.cut(text, (piece, _) -> counts.merge(piece, 1, Integer::sum)));
        special.forEach(counts::remove);
        if (unknown == Unknown.ERROR && counts.size() > size - special.size()) {
            throw new IllegalArgumentException("there are " + counts.size() + " different "
                    + (kind == Kind.CHARACTERS ? "characters" : "words") + ", more than the vocabulary of " + size + " tokens holds");
        }
        Comparator<String> order = Comparator.comparing(counts::get, Comparator.reverseOrder());
        List<String> chosen = counts.keySet().stream().sorted(order.thenComparing(Comparator.naturalOrder()))
                .limit(Math.max(0, size - special.size())).toList();
        List<String> tokens = new ArrayList<>(special);
        tokens.addAll(kind == Kind.CHARACTERS ? chosen.stream().sorted().toList() : chosen);
        return new Vocabulary(pieces, tokens);
    }
}
