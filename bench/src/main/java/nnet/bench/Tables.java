package nnet.bench;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/// The tables of the report: medians over the turns, and ratios (above 1: nnc is faster).
final class Tables {
    private final Results results;
    private final List<Integer> threads;

    Tables(Results results, List<Integer> threads) {
        this.results = results;
        this.threads = threads;
    }

    /// The machine's peak on one thread, as it was beside the products.
    String peaks() {
        double[] peaks = MatrixProduct.SIZES.stream().map(n -> new Cell(Workload.MATRIX, n, Contender.MACHINE, 1))
                .flatMapToDouble(cell -> results.median(cell, Work.GIGAFLOPS).stream()).sorted().toArray();
        return peaks.length == 0 ? "unknown" : text(peaks[0]) + " to " + text(peaks[peaks.length - 1]);
    }

    String products() {
        Table table = new Table("threads", "n", "nnc", "share of peak", "OpenBLAS", "nnc / OpenBLAS", "plain Java", "nnc / plain Java",
                "spread");
        kernels(Workload.MATRIX, table, List.of(Contender.OPENBLAS, Contender.PLAIN_JAVA));
        return table.markdown();
    }

    String convolutions() {
        Table table = new Table("threads", "convolution", "nnc", "libtorch", "nnc / libtorch", "spread");
        kernels(Workload.CONVOLUTION, table, List.of(Contender.LIBTORCH));
        return table.markdown();
    }

    /// The spread is that of the ratio to the first peer.
    private void kernels(Workload workload, Table table, List<Contender> peers) {
        for (int t : threads) {
            for (String row : workload.measurement.rows()) {
                Cell nnc = new Cell(workload, row, Contender.NNC, t);
                Stream<String> own = Stream.concat(Stream.of(Integer.toString(t), row, median(nnc, Work.GIGAFLOPS)), sharesOfPeak(nnc));
                Stream<String> others = peers.stream().flatMap(peer -> Stream.of(median(nnc.by(peer), Work.GIGAFLOPS),
                        number(results.ratio(nnc, nnc.by(peer), Work.GIGAFLOPS))));
                Stream<String> spread = Stream.of(percent(results.spread(nnc, nnc.by(peers.getFirst()), Work.GIGAFLOPS)));
                table.row(Stream.of(own, others, spread).flatMap(texts -> texts).toArray(String[]::new));
            }
        }
    }

    String training() {
        Table table = new Table("task", "threads", "contender", "steps/s", "examples/s", "nnc is faster by", "spread", "resident peak, MiB",
                "loss before", "loss after");
        cells(Section.TRAINING, Training.RATE).forEach(cell -> table.row(cell.workload().title, Integer.toString(cell.threads()),
                cell.contender().title, median(cell, Training.RATE), median(cell, Training.EXAMPLES), ratioToNnc(cell, Training.EXAMPLES),
                spread(cell, Training.EXAMPLES), mebibytes(cell), five(cell, Training.LOSS_BEFORE), five(cell, Training.LOSS_AFTER)));
        return table.markdown();
    }

    String inference() {
        Table table = new Table("task", "threads", "contender", "p50, µs", "p99, µs", "examples/s", "GFLOP/s",
                "nnc is faster by", "spread", "resident peak, MiB", "digest of the answer");
        cells(Section.INFERENCE, Inference.MEDIAN).forEach(cell -> table.row(cell.workload().title, Integer.toString(cell.threads()),
                cell.contender().title, median(cell, Inference.MEDIAN), median(cell, Inference.TAIL), median(cell, Training.EXAMPLES),
                median(cell, Work.GIGAFLOPS), ratioToNnc(cell, Training.EXAMPLES), spread(cell, Training.EXAMPLES),
                mebibytes(cell), five(cell, Inference.ANSWER)));
        return table.markdown();
    }

    /// Of whom that was measured.
    private Stream<Cell> cells(Section section, String key) {
        return Workload.of(section).stream()
                .flatMap(workload -> threads.stream()
                        .flatMap(t -> workload.contenders(t).stream().map(contender -> new Cell(workload, contender, t))))
                .filter(cell -> results.median(cell, key).isPresent());
    }

    /// One, where the machine takes part.
    private Stream<String> sharesOfPeak(Cell cell) {
        return cell.workload().contenders().stream().filter(contender -> contender == Contender.MACHINE)
                .map(machine -> percent(results.ratio(cell, cell.by(machine), Work.GIGAFLOPS)));
    }

    private String ratioToNnc(Cell cell, String key) {
        return cell.contender() == Contender.NNC ? "" : number(results.ratio(cell.by(Contender.NNC), cell, key));
    }

    private String spread(Cell cell, String key) {
        return cell.contender() == Contender.NNC ? "" : percent(results.spread(cell.by(Contender.NNC), cell, key));
    }

    String start() {
        Table table = new Table("what", "contender", "milliseconds");
        for (Contender contender : Workload.FIRST.contenders(1)) {
            for (String way : FirstPrediction.WAYS) {
                Cell cell = new Cell(Workload.FIRST, contender, 1);
                if (results.median(cell, way).isPresent()) {
                    table.row("`" + way + "` to the first prediction", contender.title, median(cell, way));
                }
            }
        }
        for (String what : List.of(Warming.FIRST_STEP, Warming.FULL_SPEED)) {
            for (Contender contender : Workload.WARMING.contenders(1)) {
                results.median(new Cell(Workload.WARMING, contender, 1), what)
                        .ifPresent(seconds -> table.row("training: " + what, contender.title, text(1000 * seconds)));
            }
        }
        return table.markdown();
    }

    String plans() {
        Cell cell = new Cell(Workload.PLANS, Contender.NNC, 1);
        Table table = new Table("network", "batch", Plans.PLANNED, Plans.ALIVE, Plans.SEPARATE);
        Plans.BATCHES.forEach((network, batch) -> table.row("`" + network + "`", Integer.toString(batch),
                kibibytes(cell, Plans.key(network, Plans.PLANNED)),
                kibibytes(cell, Plans.key(network, Plans.ALIVE)), kibibytes(cell, Plans.key(network, Plans.SEPARATE))));
        return table.markdown();
    }

    String compilation() {
        Table table = new Table("layers", NncContenders.MILLISECONDS);
        SimpleRegression growth = new SimpleRegression();
        for (String layers : NncContenders.DEPTHS) {
            OptionalDouble time = results.median(new Cell(Workload.COMPILE, layers, Contender.NNC, 1), NncContenders.MILLISECONDS);
            table.row(layers, number(time));
            time.ifPresent(t -> growth.addData(Math.log(Integer.parseInt(layers)), Math.log(t)));
        }
        return table.markdown() + String.format(Locale.ROOT,
                "%nGrowth: layers to the power of %.2f (least squares on logarithms; 1 is linear).%n", growth.getSlope());
    }

    String commands() {
        Cell cell = new Cell(Workload.COMMANDS, Contender.NNC, 1);
        Table times = new Table("command", "seconds");
        Commands.ALL.forEach(command -> times.row("`" + command + "`", median(cell, command)));
        Table sizes = new Table("on the disk", "KiB");
        for (String what : List.of(Commands.RUNTIME, Commands.PROGRAM)) {
            sizes.row(what, kibibytes(cell, what));
        }
        return times.markdown() + "\n" + sizes.markdown();
    }

    private String median(Cell cell, String key) {
        return number(results.median(cell, key));
    }

    private String five(Cell cell, String key) {
        OptionalDouble value = results.median(cell, key);
        return value.isPresent() ? String.format(Locale.ROOT, "%.5f", value.getAsDouble()) : "-";
    }

    private String kibibytes(Cell cell, String key) {
        return bytes(cell, key, 1 << 10);
    }

    private String mebibytes(Cell cell) {
        return bytes(cell, Seat.MEMORY, 1 << 20);
    }

    private String bytes(Cell cell, String key, int unit) {
        OptionalDouble bytes = results.median(cell, key);
        return bytes.isPresent() ? text(bytes.getAsDouble() / unit) : "-";
    }

    private static String percent(OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, "%.0f%%", 100 * value.getAsDouble()) : "-";
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? text(value.getAsDouble()) : "-";
    }

    /// Three digits say all that such a measurement knows.
    private static String text(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }
}
