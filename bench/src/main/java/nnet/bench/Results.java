package nnet.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /// Takes out workloads of which the contenders do not do the same work: losses and answers must agree to three digits (DJL adds Adam's epsilon before
    /// the correction of the bias, the others after it, which is the largest difference).
    ///
    /// @return what is wrong with each workload that was taken out
    List<String> takeOutUnequalWork() {
        List<String> unequal = new ArrayList<>();
        for (Workload workload : Workload.values()) {
            List<String> wrong = EQUAL.stream().flatMap(key -> difference(workload, key).stream()).toList();
            if (!wrong.isEmpty()) {
                unequal.add("unequal work: " + workload + ", " + String.join(", ", wrong));
                values.keySet().removeIf(cell -> cell.workload() == workload);
            }
        }
        return unequal;
    }

    private Optional<String> difference(Workload workload, String key) {
        double[] all = values.keySet().stream().filter(cell -> cell.workload() == workload)
                .flatMapToDouble(cell -> median(cell, key).stream()).sorted().toArray();
        boolean differs = all.length > 0 && all[all.length - 1] - all[0] > 1e-3 * Math.abs(all[0]);
        return differs ? Optional.of(key + " lies between " + all[0] + " and " + all[all.length - 1]) : Optional.empty();
    }

    private List<Double> rounds(Cell cell, String key) {
        return values.getOrDefault(cell, Map.of()).getOrDefault(key, List.of());
    }
}
