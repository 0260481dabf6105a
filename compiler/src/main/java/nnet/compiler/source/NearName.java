package nnet.compiler.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// The name that a person probably meant.
public final class NearName {

    private NearName() {
    }

    /// The known name nearest to the one written, if it is near: at most a third of its letters are wrong. Upper and lower case count as the same
    /// letter, so `dense` is near to `Dense` whatever its length.
    public static Optional<String> of(String written, Collection<String> known) {
        return known.stream()
                .filter(name -> !name.equals(written) && distance(lower(written), lower(name)) <= Math.max(1, written.length() / 3))
                .filter(name -> name.length() > 1 || lower(name).equals(lower(written)))
                .min(Comparator.<String>comparingInt(name -> distance(lower(written), lower(name)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /// "Did you mean `Dense`?"
    public static Optional<String> hint(String written, Collection<String> known) {
        return of(written, known).map(name -> "Did you mean `" + name + "`?");
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /// Insertions, deletions, replacements and exchanges of two neighbours that lead from a to b (optimal string alignment).
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : step(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int step(int[][] d, String a, String b, int i, int j) {
        int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean exchanged = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return exchanged ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }
}
