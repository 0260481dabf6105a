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

    boolean has(Workload workload) {
        return values.keySet().stream().anyMatch(cell -> cell.workload() == workload);
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

    /// What must be the same for all contenders of a workload.
    private static final List<String> EQUAL = List.of(Training.LOSS_BEFORE, Training.LOSS_AFTER, Inference.ANSWER);

    /// Who does other work than the others is not compared: losses and answers must agree to three digits (DJL adds Adam's epsilon before
    /// the correction of the bias, the others after it, which is the largest difference).
    void requireEqualWork() {
        for (Workload workload : Workload.values()) {
            for (String key : EQUAL) {
                double[] all = values.keySet().stream().filter(cell -> cell.workload() == workload)
                        .flatMapToDouble(cell -> median(cell, key).stream()).sorted().toArray();
                if (all.length > 0 && all[all.length - 1] - all[0] > 1e-3 * Math.abs(all[0])) {
                    throw new IllegalStateException("unequal work: " + workload + ", " + key + " lies between " + all[0] + " and "
                            + all[all.length - 1]);
                }
            }
        }
    }

    private List<Double> rounds(Cell cell, String key) {
        return values.getOrDefault(cell, Map.of()).getOrDefault(key, List.of());
    }
}
