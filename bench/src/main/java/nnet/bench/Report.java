package nnet.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/// The results as Markdown: medians over the rounds, and ratios (above 1: nnc is faster).
final class Report {
    private final Results results;
    private final List<Integer> threads;

    private Report(Results results, List<Integer> threads) {
        this.results = results;
        this.threads = threads;
    }

    static String markdown(Results results, int rounds, List<Integer> threads) {
        Report report = new Report(results, threads);
        return """
                # Performance

                Written by `bench/run`. Medians of %d round(s), A B A B; every number from a JVM of its own after warming up. A ratio above 1 says that nnc is faster.

                %s
                ## Matrix product

                GFLOP/s of C = A B, square, f32. The machine's own peak (independent fused multiply-adds in registers), measured in the same rounds: %s.

                %s
                ## Training

                Forward, loss, backward and Adam update, from the same start on the same batches. The losses are those of the first batch before and after the same
                number of steps: equal work gives equal losses.

                %s
                ## Compile time

                Text to class bytes of a network with that many dense layers and its training step, in a warm JVM.

                %s
                ## Start and size

                Whole commands, from the call to the end, once `nnc` is built and has seen the network before.

                %s""".formatted(rounds, Machine.markdown(), report.peaks(), report.products(), report.training(), report.compilation(),
                report.commands());
    }

    private String peaks() {
        List<String> peaks = new ArrayList<>();
        for (int t : threads) {
            peaks.add(number(peak(t)) + " on " + threadsText(t));
        }
        return String.join(", ", peaks);
    }

    private OptionalDouble peak(int threads) {
        return results.median(new Cell(Workload.PEAK, Contender.MACHINE, threads), "GFLOP/s");
    }

    private String products() {
        Table table = new Table("threads", "n", "nnc", "share of peak", "OpenBLAS", "nnc / OpenBLAS", "plain Java", "nnc / plain Java");
        for (int t : threads) {
            for (int n : MatrixProduct.SIZES) {
                String key = Integer.toString(n);
                OptionalDouble nnc = results.median(new Cell(Workload.MATRIX, Contender.NNC, t), key);
                OptionalDouble blas = results.median(new Cell(Workload.MATRIX, Contender.OPENBLAS, t), key);
                OptionalDouble plain = results.median(new Cell(Workload.MATRIX, Contender.PLAIN_JAVA, 1), key);
                table.row(Integer.toString(t), key, number(nnc), percent(ratio(nnc, peak(t))), number(blas), number(ratio(nnc, blas)),
                        number(plain),
                        number(ratio(nnc, plain)));
            }
        }
        return table.markdown();
    }

    private String training() {
        Table table = new Table("task", "threads", "contender", "steps/s", "examples/s", "spread", "nnc is faster by", "loss before",
                "loss after");
        training(table, Workload.XOR, TrainingTask.xor());
        training(table, Workload.MLP, TrainingTask.mlp());
        training(table, Workload.LSTM, TrainingTask.lstm());
        return table.markdown();
    }

    private void training(Table table, Workload workload, TrainingTask task) {
        for (int t : threads) {
            OptionalDouble nnc = results.median(new Cell(workload, Contender.NNC, t), "steps/s");
            for (Contender contender : workload.contenders()) {
                Cell cell = new Cell(workload, contender, t);
                OptionalDouble rate = results.median(cell, "steps/s");
                if (rate.isPresent()) {
                    table.row(task.name() + ", batch " + task.batchSize(), Integer.toString(t), contender.title, number(rate),
                            number(OptionalDouble.of(rate.getAsDouble() * task.batchSize())),
                            percent(OptionalDouble.of(results.spread(cell, "steps/s"))),
                            contender == Contender.NNC ? "" : number(ratio(nnc, rate)), loss(cell, "loss before"),
                            loss(cell, "loss after"));
                }
            }
        }
    }

    private String compilation() {
        Cell cell = new Cell(Workload.COMPILE, Contender.NNC, 1);
        Table table = new Table("layers", "milliseconds");
        SimpleRegression growth = new SimpleRegression();
        for (int layers : NncContenders.DEPTHS) {
            OptionalDouble time = results.median(cell, Integer.toString(layers));
            table.row(Integer.toString(layers), number(time));
            time.ifPresent(t -> growth.addData(Math.log(layers), Math.log(t)));
        }
        return table.markdown() + String.format(Locale.ROOT,
                "%nGrowth: layers to the power of %.2f (least squares on logarithms; 1 is linear).%n", growth.getSlope());
    }

    private String commands() {
        Cell cell = new Cell(Workload.COMMANDS, Contender.NNC, 1);
        Table times = new Table("command", "seconds");
        Commands.ALL.forEach(command -> times.row("`" + command + "`", number(results.median(cell, command))));
        Table sizes = new Table("on the disk", "KiB");
        for (String what : List.of(Commands.RUNTIME, Commands.PROGRAM)) {
            OptionalDouble bytes = results.median(cell, what);
            sizes.row(what, bytes.isPresent() ? number(OptionalDouble.of(bytes.getAsDouble() / 1024)) : "-");
        }
        return times.markdown() + "\n" + sizes.markdown();
    }

    private String loss(Cell cell, String key) {
        OptionalDouble loss = results.median(cell, key);
        return loss.isPresent() ? String.format(Locale.ROOT, "%.5f", loss.getAsDouble()) : "-";
    }

    private static OptionalDouble ratio(OptionalDouble a, OptionalDouble b) {
        return a.isPresent() && b.isPresent() ? OptionalDouble.of(a.getAsDouble() / b.getAsDouble()) : OptionalDouble.empty();
    }

    private static String percent(OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, "%.0f%%", 100 * value.getAsDouble()) : "-";
    }

    /// Three digits say all that such a measurement knows.
    private static String number(OptionalDouble value) {
        if (value.isEmpty()) {
            return "-";
        }
        double v = value.getAsDouble();
        return String.format(Locale.ROOT, v >= 100 ? "%,.0f" : v >= 10 ? "%.1f" : "%.2f", v);
    }

    private static String threadsText(int threads) {
        return threads == 1 ? "one thread" : threads + " threads";
    }
}
