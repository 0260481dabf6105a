package nnet.trainer.data.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How often each pair of neighbouring pieces occurs in the words of a text, kept up to date while pairs are joined.
final class PairCounts {

    private record Pair(int left, int right) {
    }

    private final List<String> pieces = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<int[]> words = new ArrayList<>();
    private final List<Integer> times = new ArrayList<>();
    private final Map<Pair, Long> counts = new HashMap<>();
    private final Map<Pair, Set<Integer>> places = new HashMap<>();

    /// @param occurrences of each word; a word is a text of its first pieces
    PairCounts(Map<String, Integer> occurrences) {
        occurrences.forEach((word, count) -> {
            words.add(word.chars().map(each -> number(String.valueOf((char) each))).toArray());
            times.add(count);
            count(words.size() - 1, 1);
        });
    }

    private int number(String piece) {
        Integer known = numbers.putIfAbsent(piece, pieces.size());
        if (known == null) {
            pieces.add(piece);
            return pieces.size() - 1;
        }
        return known;
    }

    /// Adds the pairs of a word, or takes them away.
    private void count(int word, int sign) {
        int[] parts = words.get(word);
        for (int i = 0; i + 1 < parts.length; i++) {
            Pair pair = new Pair(parts[i], parts[i + 1]);
            counts.merge(pair, (long) sign * times.get(word), Long::sum);
            if (sign > 0) {
                places.computeIfAbsent(pair, _ -> new LinkedHashSet<>()).add(word);
            }
        }
    }

    /// The pair that occurs most often, or null if none occurs twice. Of equals the first in the order of the texts, so that the order of the words does not matter.
    String[] mostFrequent() {
        Pair best = null;
        long most = 1;
        for (Map.Entry<Pair, Long> each : counts.entrySet()) {
            if (each.getValue() > most || each.getValue() == most && best != null && isBefore(each.getKey(), best)) {
                most = each.getValue();
                best = each.getKey();
            }
        }
        return best == null ? null : new String[]{pieces.get(best.left), pieces.get(best.right)};
    }

    private boolean isBefore(Pair one, Pair other) {
        int left = pieces.get(one.left).compareTo(pieces.get(other.left));
        return left < 0 || left == 0 && pieces.get(one.right).compareTo(pieces.get(other.right)) < 0;
    }

    /// Makes one piece of a pair, wherever it occurs.
    void merge(String left, String right) {
        Pair pair = new Pair(numbers.get(left), numbers.get(right));
        int joined = number(left + right);
        for (int word : List.copyOf(places.getOrDefault(pair, Set.of()))) {
            count(word, -1);
            words.set(word, merged(words.get(word), pair, joined));
            count(word, 1);
        }
        counts.remove(pair);
        places.remove(pair);
    }

    private static int[] merged(int[] parts, Pair pair, int joined) {
        int[] result = new int[parts.length];
        int length = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean isPair = i + 1 < parts.length && parts[i] == pair.left && parts[i + 1] == pair.right;
            result[length++] = isPair ? joined : parts[i];
            i += isPair ? 1 : 0;
        }
        return Arrays.copyOf(result, length);
    }
}
