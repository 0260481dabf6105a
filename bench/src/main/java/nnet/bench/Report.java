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

                Written by `bench/run`. Medians of %d round(s), A B A B; every number from a JVM of its own. A ratio above 1 says that nnc is faster; the
                spread is (largest - smallest) / median over the rounds. "Resident peak" is what the whole process has held of memory at most, the JVM and the
                data included.

                %s%s""".formatted(rounds, Machine.markdown(), report.sections());
    }

    /// The sections of which anything was measured.
    private String sections() {
        StringBuilder text = new StringBuilder();
        for (Section section : Section.values()) {
            if (Workload.of(section).stream().anyMatch(results::has)) {
                text.append('\n').append(section(section));
            }
        }
        return text.toString();
    }

    private String section(Section section) {
        return switch (section) {
            case PRODUCTS -> """
                    ## Matrix product

                    GFLOP/s of C = A B, square, f32: for nnc a network of one dense layer without bias, arrays copied in and out. The machine's own peak
                    (independent fused multiply-adds in registers), measured in the same rounds: %s. Where two threads share a core, a kernel that does anything
                    else than multiply cannot reach it. A share above 100% says that the machine was faster then than when its peak was measured: beside it, ratios of
                    single rows mean little as well.

                    %s""".formatted(peaks(), products());
            case CONVOLUTIONS -> """
                    ## Convolution

                    GFLOP/s of one layer without bias, one image, f32, arrays copied in and out for nnc: the distinct shapes of ResNet-50, and depthwise ones of MobileNet
                    (channels x height x width, kernel). Every result is checked against sums in double precision.

                    %s""".formatted(convolutions());
            case TRAINING -> """
                    ## Training

                    Forward, loss, backward and Adam update, from the same start on the same batches, warmed up for ten seconds. The losses are those of the first
                    batch before and after the same number of steps: equal work gives equal losses. Digits are those of MNIST's test split (`samples/lenet`), pixels from 0
                    to 1; of noise no number is zero.

                    %s""".formatted(training());
            case INFERENCE -> """
                    ## Inference

                    One call from an array of Java to an array of Java, after four seconds of warming up (residual networks: thirty); each call is timed by
                    itself. ONNX Runtime gets all optimisations and tensors over native memory that are made once, libtorch its fused linear layer; of the
                    residual networks, it gets the normalisation folded into the weights. Of a digit of MNIST four pixels of five are zero, and what is multiplied by them is
                    left out by nnc where rows are few; of noise no number is zero. Sixteen inputs are predicted in turn. The digest is a sum over the answer in which every number counts with
                    its own weight.

                    %s""".formatted(inference());
            case MEMORY -> """
                    ## Planned memory

                    KiB of intermediate tensors in one training step: what the compiler has planned, the most that is alive at one time (no plan can do with less), and what it would
                    be with memory of its own for every tensor. What whole processes hold is beside their speed, above.

                    %s""".formatted(plans());
            case COMPILE -> """
                    ## Compile time

                    Text to class bytes of a network with that many dense layers and its training step, in a warm JVM.

                    %s""".formatted(compilation());
            case START -> """
                    ## Start and size

                    Whole processes on one thread, from the call on. The first prediction: an application of two jars, with weights on the disk, predicts one row with the MLP;
                    with `-XX:AOTCache` it uses a cache that its JVM wrote in a run before; with `--add-modules` a JVM
                    cannot use the archive of modules that it comes with. Training the MLP: steps in windows of a tenth of a second, against those of the last three of twelve seconds.

                    %s
                    Whole commands, from the call to the end, once `nnc` is built and has seen the network before.

                    %s""".formatted(start(), commands());
        };
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

    private String convolutions() {
        Table table = new Table("threads", "convolution", "nnc", "share of peak", "libtorch", "nnc / libtorch");
        for (int t : threads) {
            for (ConvolutionShape shape : ConvolutionShape.ALL) {
                OptionalDouble nnc = results.median(new Cell(Workload.CONVOLUTION, Contender.NNC, t), shape.toString());
                OptionalDouble libtorch = results.median(new Cell(Workload.CONVOLUTION, Contender.LIBTORCH, t), shape.toString());
                table.row(Integer.toString(t), shape.toString(), number(nnc), percent(ratio(nnc, peak(t))), number(libtorch),
                        number(ratio(nnc, libtorch)));
            }
        }
        return table.markdown();
    }

    private String training() {
        Table table = new Table("task", "threads", "contender", "steps/s", "examples/s", "spread", "nnc is faster by", "resident peak, MiB",
                "loss before", "loss after");
        each(Section.TRAINING, Training.RATE, (cell, rate, nnc) -> table.row(cell.workload().title, Integer.toString(cell.threads()),
                cell.contender().title, number(rate), number(results.median(cell, Training.EXAMPLES)),
                percent(OptionalDouble.of(results.spread(cell, Training.RATE))), ratioOfOther(cell, nnc, rate), mebibytes(cell),
                five(cell, Training.LOSS_BEFORE), five(cell, Training.LOSS_AFTER)));
        return table.markdown();
    }

    private String inference() {
        Table table = new Table("task", "threads", "contender", "p50, µs", "p99, µs", "examples/s", "GFLOP/s", "share of peak",
                "spread", "nnc is faster by", "resident peak, MiB", "digest of the answer");
        each(Section.INFERENCE, Inference.MEDIAN, (cell, time, nnc) -> table.row(cell.workload().title, Integer.toString(cell.threads()),
                cell.contender().title, number(time), number(results.median(cell, Inference.TAIL)),
                number(results.median(cell, Training.EXAMPLES)), number(results.median(cell, Inference.RATE)),
                percent(ratio(results.median(cell, Inference.RATE), peak(cell.threads()))),
                percent(OptionalDouble.of(results.spread(cell, Inference.MEDIAN))),
                ratioOfOther(cell, time, nnc), mebibytes(cell), five(cell, Inference.ANSWER)));
        return table.markdown();
    }

    /// What becomes of a cell of a section: what it measured, and what nnc did on as many threads.
    private interface Row {
        void of(Cell cell, OptionalDouble value, OptionalDouble nnc);
    }

    private void each(Section section, String key, Row row) {
        for (Workload workload : Workload.of(section)) {
            for (int t : threads) {
                OptionalDouble nnc = results.median(new Cell(workload, Contender.NNC, t), key);
                for (Contender contender : workload.contenders()) {
                    Cell cell = new Cell(workload, contender, t);
                    OptionalDouble value = results.median(cell, key);
                    if (value.isPresent()) {
                        row.of(cell, value, nnc);
                    }
                }
            }
        }
    }

    private static String ratioOfOther(Cell cell, OptionalDouble better, OptionalDouble worse) {
        return cell.contender() == Contender.NNC ? "" : number(ratio(better, worse));
    }

    private String start() {
        Table table = new Table("what", "contender", "milliseconds");
        for (Contender contender : Workload.FIRST.contenders()) {
            for (String way : FirstPrediction.WAYS) {
                OptionalDouble time = results.median(new Cell(Workload.FIRST, contender, 1), way);
                if (time.isPresent()) {
                    table.row("`" + way + "` to the first prediction", contender.title, number(time));
                }
            }
        }
        for (String what : List.of(Warming.FIRST_STEP, Warming.FULL_SPEED)) {
            for (Contender contender : Workload.WARMING.contenders()) {
                OptionalDouble time = results.median(new Cell(Workload.WARMING, contender, 1), what);
                if (time.isPresent()) {
                    table.row("training: " + what, contender.title, number(OptionalDouble.of(1000 * time.getAsDouble())));
                }
            }
        }
        return table.markdown();
    }

    private String plans() {
        Cell cell = new Cell(Workload.PLANS, Contender.NNC, 1);
        Table table = new Table("network", "batch", Plans.PLANNED, Plans.ALIVE, Plans.SEPARATE);
        Plans.BATCHES.forEach((network, batch) -> table.row("`" + network + "`", Integer.toString(batch),
                kibibytes(cell, Plans.key(network, Plans.PLANNED)),
                kibibytes(cell, Plans.key(network, Plans.ALIVE)), kibibytes(cell, Plans.key(network, Plans.SEPARATE))));
        return table.markdown();
    }

    private String kibibytes(Cell cell, String key) {
        OptionalDouble bytes = results.median(cell, key);
        return bytes.isPresent() ? number(OptionalDouble.of(bytes.getAsDouble() / 1024)) : "-";
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
            sizes.row(what, kibibytes(cell, what));
        }
        return times.markdown() + "\n" + sizes.markdown();
    }

    private String five(Cell cell, String key) {
        OptionalDouble value = results.median(cell, key);
        return value.isPresent() ? String.format(Locale.ROOT, "%.5f", value.getAsDouble()) : "-";
    }

    private String mebibytes(Cell cell) {
        OptionalDouble bytes = results.median(cell, Cell.MEMORY);
        return bytes.isPresent() ? number(OptionalDouble.of(bytes.getAsDouble() / (1 << 20))) : "-";
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
