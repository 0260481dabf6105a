package nnet.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// One contender at one piece of work with a number of threads: what one JVM measures. It prints `key value` lines.
record Cell(Workload workload, Contender contender, int threads) {

    /// A step runs many kernels, and each must have been compiled.
    private static final double TRAINING_WARM_UP_SECONDS = 6;

    public static void main(String[] arguments) throws Exception {
        var cell = new Cell(Workload.valueOf(arguments[0]), Contender.valueOf(arguments[1]), Integer.parseInt(arguments[2]));
        cell.measure().forEach((key, value) -> System.out.println(Fork.MARK + key + " " + value));
    }

    private Map<String, Double> measure() throws Exception {
        return switch (workload) {
            case PEAK -> Map.of("GFLOP/s", Peak.gigaflops(threads));
            case MATRIX -> products();
            case XOR -> training(TrainingTask.xor());
            case MLP -> training(TrainingTask.mlp());
            case LSTM -> training(TrainingTask.lstm());
            case COMPILE -> compilation();
            case COMMANDS -> Commands.measure();
        };
    }

    private Map<String, Double> products() throws Exception {
        try (MatrixProduct product = MatrixProduct.of(contender, threads)) {
            var rates = new LinkedHashMap<String, Double>();
            for (int n : MatrixProduct.SIZES) {
                rates.put(Integer.toString(n), MatrixProduct.gigaflops(product, n));
            }
            return rates;
        }
    }

    private static Map<String, Double> compilation() throws IOException {
        var times = new LinkedHashMap<String, Double>();
        for (int layers : NncContenders.DEPTHS) {
            times.put(Integer.toString(layers), NncContenders.compileMilliseconds(layers));
        }
        return times;
    }

    /// The loss is that after a fixed number of steps from the fixed start: equal work must give equal losses.
    private Map<String, Double> training(TrainingTask task) throws Exception {
        try (Training training = Training.of(contender, task)) {
            double before = training.loss(0);
            for (int step = 0; step < task.checkedSteps(); step++) {
                training.step(step % task.batches());
            }
            double after = training.loss(0);
            int[] next = {0};
            double rate = Timing.perSecond(() -> training.step(next[0]++ % task.batches()), TRAINING_WARM_UP_SECONDS);
            var values = new LinkedHashMap<String, Double>();
            values.put("steps/s", rate);
            values.put("loss before", before);
            values.put("loss after", after);
            return values;
        }
    }
}
