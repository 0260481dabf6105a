package nnet.trainer.data.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Byte-pair encoding (Gage 1994; for networks: Sennrich, Haddow and Birch, "Neural machine translation of rare words with subword units", 2016) of the bytes of
/// UTF-8, so that every text can be written. Pairs never reach over the border of a word; a space belongs to the word after it.
///
/// A piece is a text of characters 0 to 255, one for each byte.
public final class BytePairs implements Pieces {

    /// As many pieces are there before anything is learnt.
    static final int BYTES = 256;

    private static final Pattern WORD = Pattern.compile(" ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s");

    private record Pair(String left, String right) {
        String joined() {
            return left + right;
        }
    }

    private final List<Pair> merges;
    private final Map<Pair, Integer> ranks = new HashMap<>();
    private final Map<String, List<String>> seen = new HashMap<>();

    private BytePairs(List<Pair> merges) {
        this.merges = List.copyOf(merges);
        for (Pair pair : merges) {
            ranks.putIfAbsent(pair, ranks.size());
        }
    }

    /// Learns from a text: again and again the most frequent pair of neighbours becomes a piece (of equally frequent ones the first in the order of bytes),
    /// until there are enough or no pair occurs twice.
    ///
    /// @param pieces how many are wanted, the 256 bytes included
    static BytePairs learn(String text, int pieces) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            counts.merge(bytes(word.group()), 1, Integer::sum);
        }
        PairCounts pairs = new PairCounts(counts);
        List<Pair> merges = new ArrayList<>();
        while (merges.size() < pieces - BYTES) {
            String[] best = pairs.mostFrequent();
            if (best == null) {
                break;
            }
            merges.add(new Pair(best[0], best[1]));
            pairs.merge(best[0], best[1]);
        }
        return new BytePairs(merges);
    }

    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /// All pieces: the bytes, then what was learnt.
    List<String> all() {
        Set<String> all = new LinkedHashSet<>();
        for (char each = 0; each < BYTES; each++) {
            all.add(String.valueOf(each));
        }
        merges.forEach(pair -> all.add(pair.joined()));
        return List.copyOf(all);
    }

    @Override
    public void cut(String text, Visitor visitor) {
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            List<String> known;
            synchronized (seen) {
                known = seen.computeIfAbsent(word.group(), this::pieces);
            }
            for (String piece : known) {
                visitor.visit(piece, word.start());
            }
        }
    }

    /// Joins the neighbours that were learnt first, until nothing is left to join.
    private List<String> pieces(String word) {
        List<String> pieces = new ArrayList<>(bytes(word).chars().mapToObj(each -> String.valueOf((char) each)).toList());
        while (pieces.size() > 1) {
            int best = -1;
            int bestRank = Integer.MAX_VALUE;
            for (int i = 0; i + 1 < pieces.size(); i++) {
                int rank = ranks.getOrDefault(new Pair(pieces.get(i), pieces.get(i + 1)), Integer.MAX_VALUE);
                if (rank < bestRank) {
                    bestRank = rank;
                    best = i;
                }
            }
            if (best < 0) {
                break;
            }
            pieces.set(best, pieces.get(best) + pieces.remove(best + 1));
        }
        return List.copyOf(pieces);
    }

    /// What is no whole character becomes the replacement character.
    @Override
    public String join(List<String> pieces) {
        return new String(String.join("", pieces).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    @Override
    public List<String> write() {
        List<String> list = new ArrayList<>(List.of("bpe"));
        for (Pair pair : merges) {
            list.add(pair.left);
            list.add(pair.right);
        }
        return list;
    }

    static BytePairs read(List<String> list) {
        if (list.size() % 2 != 0 || list.stream().anyMatch(piece -> piece.isEmpty() || piece.chars().anyMatch(each -> each >= BYTES))) {
            throw new IllegalArgumentException("its vocabulary of byte pairs is damaged");
        }
        List<Pair> merges = new ArrayList<>();
        for (int i = 0; i < list.size(); i += 2) {
            merges.add(new Pair(list.get(i), list.get(i + 1)));
        }
        return new BytePairs(merges);
    }
}
