package nnet.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// What the cells measured, one value for each round.
final class Results {
    private final Map<Cell, Map<String, List<Double>>> values = new LinkedHashMap<>();

    void add(Cell cell, String key, double value) {
        values.computeIfAbsent(cell, _ -> new LinkedHashMap<>()).computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
    }

    OptionalDouble median(Cell cell, String key) {
        double[] sorted = rounds(cell, key).stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(sorted[sorted.length / 2]);
    }

    /// (largest - smallest) / median over the rounds: how much the machine itself moved.
    double spread(Cell cell, String key) {
        double[] sorted = rounds(cell, key).stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return (sorted[sorted.length - 1] - sorted[0]) / sorted[sorted.length / 2];
    }

    /// Who does other work than the others is not compared: losses must agree to three digits (DJL adds Adam's epsilon before
    /// the correction of the bias, the others after it, which is the largest difference).
    void requireEqualLosses() {
        for (Workload workload : List.of(Workload.XOR, Workload.MLP, Workload.LSTM)) {
            for (String key : List.of("loss before", "loss after")) {
                double[] losses = values.keySet().stream().filter(cell -> cell.workload() == workload)
                        .mapToDouble(cell -> median(cell, key).orElseThrow())
                        .sorted().toArray();
                if (losses.length > 0 && losses[losses.length - 1] - losses[0] > 1e-3 * losses[0]) {
                    throw new IllegalStateException("unequal work: " + workload + ", " + key + " lies between " + losses[0] + " and "
                            + losses[losses.length - 1]);
                }
            }
        }
    }

    private List<Double> rounds(Cell cell, String key) {
        return values.getOrDefault(cell, Map.of()).getOrDefault(key, List.of());
    }
}
