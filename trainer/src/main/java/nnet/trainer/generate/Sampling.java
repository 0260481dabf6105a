package nnet.trainer.generate;

import java.util.Arrays;
import java.util.Comparator;

/// How the next token is drawn from the probabilities that a network gives.
///
/// @param temperature probabilities are raised to 1 / temperature: below 1 the likely gets likelier; 0 takes the most probable token, the lowest of equals
/// @param topK        only so many of the most probable tokens are drawn from; 0 for all (Fan, Lewis and Dauphin, "Hierarchical Neural Story Generation", 2018)
/// @param topP        only the fewest of the most probable tokens that together have this probability are drawn from; 1 for all (Holtzman et al., "The Curious Case
///                    of Neural Text Degeneration", 2020, section 3.1)
public record Sampling(double temperature, int topK, double topP) {

    /// @throws IllegalArgumentException for a setting outside of its range; the message is for the user
    public Sampling {
        require(temperature >= 0 && temperature <= 100, "the temperature must be from 0 to 100, not " + temperature);
        require(topK >= 0, "top-k must be at least 0, not " + topK);
        require(topP > 0 && topP <= 1, "top-p must be above 0 and at most 1, not " + topP);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /// One of `count` tokens, whose probabilities begin at `from`.
    ///
    /// @param uniform a random number from 0 to below 1
    public int pick(float[] probabilities, int from, int count, double uniform) {
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble((Integer i) -> -probabilities[from + i]));
        if (temperature == 0) {
            return order[0];
        }
        int most = topK == 0 ? count : Math.min(topK, count);
        double[] weights = new double[most];
        double largest = probabilities[from + order[0]];
        for (int i = 0; i < most; i++) {
            weights[i] = StrictMath.pow(probabilities[from + order[i]] / largest, 1 / temperature);
        }
        int kept = kept(weights);
        double rest = uniform * sum(weights, kept);
        for (int i = 0; i < kept - 1; i++) {
            rest -= weights[i];
            if (rest < 0) {
                return order[i];
            }
        }
        return order[kept - 1];
    }

    /// How many of the first weights make up `topP` of all.
    private int kept(double[] weights) {
        double wanted = topP * sum(weights, weights.length);
        double sum = 0;
        int kept = 0;
        while (kept < weights.length && (kept == 0 || sum < wanted)) {
            sum += weights[kept++];
        }
        return kept;
    }

    private static double sum(double[] weights, int count) {
        return Arrays.stream(weights, 0, count).sum();
    }
}
