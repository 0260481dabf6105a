package nnet.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// What the cells measured, one value for each turn.
final class Results {
    private final Map<Cell, Map<String, List<Double>>> values = new LinkedHashMap<>();

    void add(Cell cell, Map<String, Double> measured) {
        Map<String, List<Double>> lists = values.computeIfAbsent(cell, _ -> new LinkedHashMap<>());
        measured.forEach((key, value) -> lists.computeIfAbsent(key, _ -> new ArrayList<>()).add(value));
    }

    boolean has(Workload workload) {
        return values.keySet().stream().anyMatch(cell -> cell.workload() == workload);
    }

    OptionalDouble median(Cell cell, String key) {
        return quantile(turns(cell, key).stream().mapToDouble(Double::doubleValue), 0.5);
    }

    Map<String, Double> medians(Cell cell) {
        Map<String, Double> medians = new LinkedHashMap<>();
        values.get(cell).keySet().forEach(key -> median(cell, key).ifPresent(value -> medians.put(key, value)));
        return medians;
    }

    /// How often one goes into the other: the median over their turns, each compared with the turn beside it.
    OptionalDouble ratio(Cell cell, Cell other, String key) {
        return quantile(ratios(cell, other, key), 0.5);
    }

    /// What lies between the quartiles of these ratios, as a share of the median.
    OptionalDouble spread(Cell cell, Cell other, String key) {
        OptionalDouble upper = quantile(ratios(cell, other, key), 0.75);
        OptionalDouble lower = quantile(ratios(cell, other, key), 0.25);
        return upper.isEmpty()
                ? upper
                : OptionalDouble.of((upper.getAsDouble() - lower.getAsDouble()) / ratio(cell, other, key).getAsDouble());
    }

    private DoubleStream ratios(Cell cell, Cell other, String key) {
        List<Double> mine = turns(cell, key);
        List<Double> theirs = turns(other, key);
        return IntStream.range(0, Math.min(mine.size(), theirs.size())).mapToDouble(turn -> mine.get(turn) / theirs.get(turn));
    }

    /// Between two values where none lies exactly there.
    private static OptionalDouble quantile(DoubleStream values, double share) {
        double[] sorted = values.sorted().toArray();
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return OptionalDouble.of(sorted[below] + (at - below) * (sorted[above] - sorted[below]));
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

    private List<Double> turns(Cell cell, String key) {
        return values.getOrDefault(cell, Map.of()).getOrDefault(key, List.of());
    }
}
