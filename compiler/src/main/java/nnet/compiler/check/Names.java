package nnet.compiler.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Names as people type them: which known name an unknown one was meant to be, and `snake_case` of a layer's name.
final class Names {

    private Names() {
    }

    /// A hint with the nearest names, or an empty text where none is near.
    static String nearest(String name, Collection<String> known) {
        int limit = Math.max(1, (name.length() + 1) / 3);
        List<String> near = known.stream().distinct().filter(candidate -> distance(name, candidate) <= limit)
                .sorted(Comparator.<String>comparingInt(candidate -> distance(name, candidate)).thenComparing(Comparator.naturalOrder()))
                .limit(3)
                .toList();
        return near.isEmpty()
                ? ""
                : "did you mean " + near.stream().map(candidate -> "`" + candidate + "`").collect(Collectors.joining(" or ")) + "?";
    }

    /// Edit distance with transposition of neighbours (Damerau; optimal string alignment); a difference of case counts nothing.
    static int distance(String first, String second) {
        String a = first.toLowerCase(Locale.ROOT);
        String b = second.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
                boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }

    /// `LayerNorm` is `layer_norm`.
    static String snake(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replaceAll("([A-Z]+)([A-Z][a-z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    /// `1st`, `2nd`, `3rd`, `4th` ...
    static String ordinal(int position) {
        boolean teen = position % 100 / 10 == 1;
        return position + switch (teen ? 0 : position % 10) {
            case 1 -> "st";
            case 2 -> "nd";
            case 3 -> "rd";
            default -> "th";
        };
    }
}
