package nnet.bench;

import java.util.List;

/// The results as Markdown: what each section says of itself, above its tables.
final class Report {
    private final Results results;
    private final Tables tables;

    private Report(Results results, List<Integer> threads) {
        this.results = results;
        this.tables = new Tables(results, threads);
    }

    static String markdown(Results results, List<Integer> threads) {
        return """
                # Performance

                Written by `bench/run`. A machine changes its speed from minute to minute, and by two, so the contenders of a row are processes that live side by side and take
                turns, A B C A B C: %d turns of %s seconds each, for single products and convolutions %d of %s. Who does not have its turn sleeps. A number is the median
                over the turns. A ratio, as a share of the peak, is the median of the ratios of neighbouring turns; one above 1 says that nnc is faster. The spread is what lies
                between the quartiles of these ratios, divided by their median. Before that, every contender has warmed up: libraries of native code for a quarter of the time
                that the JVM gets for its compiling. "Resident peak" is what the whole process has held of memory at most, the JVM and the data included.

                %s%s""".formatted(Pace.TRAINING.turns(), Pace.TRAINING.turn(), Pace.KERNEL.turns(), Pace.KERNEL.turn(), Machine.markdown(),
                new Report(results, threads).sections());
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
                    (independent fused multiply-adds in registers) takes turns with them on one thread: %s.

                    %s""".formatted(tables.peaks(), tables.products());
            case CONVOLUTIONS -> """
                    ## Convolution

                    GFLOP/s of one layer without bias, one image, f32, arrays copied in and out for nnc: the distinct shapes of ResNet-50, and depthwise ones of MobileNet
                    (channels x height x width, kernel). Every result is checked against sums in double precision.

                    %s""".formatted(tables.convolutions());
            case TRAINING -> """
                    ## Training

                    Forward, loss, backward and Adam update, from the same start on the same batches, warmed up for ten seconds. The losses are those of the first
                    batch before and after the same number of steps: equal work gives equal losses. Digits are those of MNIST's test split (`samples/lenet`), pixels from 0
                    to 1: four of five are zero. Characters are those of a text (`samples/letters`), one-hot over 128 codes, and what follows 64 of them is learnt: 127 numbers of 128 are
                    zero. All contenders get the same arrays; nnc leaves out what is multiplied by the zeros of a network's input. Of noise no number is zero.

                    %s""".formatted(tables.training());
            case INFERENCE -> """
                    ## Inference

                    One call from an array of Java to an array of Java, after four seconds of warming up (texts: ten, residual networks: twenty-five); each call is timed by
                    itself. ONNX Runtime gets all optimisations and tensors over native memory that are made once, libtorch its fused linear layer; of the
                    residual networks, it gets the normalisation folded into the weights. Of a digit of MNIST four pixels of five are zero, and what is multiplied by them is
                    left out by nnc where rows are few; of noise no number is zero. Sixteen inputs are predicted in turn. The digest is a sum over the answer in which every number counts with
                    its own weight.

                    %s""".formatted(tables.inference());
            case MEMORY -> """
                    ## Planned memory

                    KiB of intermediate tensors in one training step: what the compiler has planned, the most that is alive at one time (no plan can do with less), and what it would
                    be with memory of its own for every tensor. What whole processes hold is beside their speed, above.

                    %s""".formatted(tables.plans());
            case COMPILE -> """
                    ## Compile time

                    Text to class bytes of a network with that many dense layers and its training step, in a warm JVM.

                    %s""".formatted(tables.compilation());
            case START -> """
                    ## Start and size

                    Whole processes on one thread, from the call on, also by turns. The first prediction: an application of two jars, with weights on the disk, predicts one row with the MLP;
                    with `-XX:AOTCache` it uses a cache that its JVM wrote in a run before; with `--add-modules` a JVM
                    cannot use the archive of modules that it comes with. Training the MLP: steps in windows of a tenth of a second, against those of the last three of twelve seconds.

                    %s
                    Whole commands, from the call to the end, once `nnc` is built and has seen the network before.

                    %s""".formatted(tables.start(), tables.commands());
        };
    }
}
